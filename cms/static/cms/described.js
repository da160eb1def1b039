// A picture that is chosen brings its description in the library along: offered as its alternative text, where none was
// written. It is text in the field from then on, the writer's to change; nothing fills it in later or on the server.
(() => {
  const { changed } = window.road; // cms/rows.js
  const { offered: OFFERED } = document.currentScript.dataset;
  const before = new WeakMap(); // what the picture in a chooser was described as

  // Wagtail gives the title where there is no description: often the name of a file, which describes nothing.
  const described = (state) => (state && state.default_alt_text !== state.title && state.default_alt_text) || '';
  const altOf = ({ name }) =>
    [`${name}_alt`, name.replace(/image$/, 'alt')].map((alt) => document.querySelector(`input[name="${alt}"]`)).find(Boolean);
  const chooserOf = ({ id }) => document.getElementById(`${id}-chooser`);
  const say = (field) => {
    const note = document.createElement('p');
    note.className = 'help road-offered';
    note.role = 'status';
    field.after(note);
    note.textContent = OFFERED;
  };

  document.addEventListener('change', ({ target }) => {
    const chooser = target.matches('input[type=hidden]') ? chooserOf(target) : null;
    if (!chooser?.matches('.image-chooser') || !chooser.widget) return;
    const state = chooser.widget.getState();
    const [was, now] = [before.get(chooser) || '', described(state)];
    before.set(chooser, now);
    const alt = altOf(target);
    if (!alt) {
      if (state) state.default_alt_text = now; // an image in the text has a way of its own, by the same description
    } else if (alt.value === was && now !== was) {
      changed(alt, now);
      if (now) say(alt);
    }
  });
  document.addEventListener('input', ({ target }) => target.parentElement?.querySelector('.road-offered')?.remove());
  document.addEventListener('DOMContentLoaded', () => {
    for (const chooser of document.querySelectorAll('.image-chooser')) before.set(chooser, described(chooser.widget?.getState()));
  });
})();
