// Posts light, dark or both: the choice is kept, also while the preview draws itself anew.
(() => {
  const kept = 'pejlemaerke:tone';
  const recall = () => {
    try {
      return localStorage.getItem(kept);
    } catch {
      return null; // storage is switched off: every page begins light
    }
  };
  const keep = (tone) => {
    try {
      localStorage.setItem(kept, tone);
    } catch {
      // as above
    }
  };
  const twins = () => {
    for (const seen of document.querySelectorAll('.seen')) {
      if (seen.children.length > 1) continue;
      const twin = seen.firstElementChild.cloneNode(true);
      twin.classList.add('seen__tone--twin');
      twin.inert = true;
      twin.setAttribute('aria-hidden', 'true');
      seen.append(twin);
    }
  };
  const begin = () => {
    const chosen = document.querySelector(`.tones [value="${recall() || 'light'}"]`);
    if (chosen) chosen.checked = true;
    if (chosen?.value === 'both') twins();
  };
  document.addEventListener('change', ({ target }) => {
    if (!target.matches('.tones input')) return;
    keep(target.value);
    if (target.value === 'both') twins();
  });
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
})();
