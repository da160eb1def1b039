// Indberet en dom: saves at every change, keeps on the telephone what could not be sent, and catches up by itself.
// Everything here only saves more often: without it the form is a plain post.
(() => {
  const form = document.querySelector('[data-court]');
  if (!form) return;
  const words = form.dataset;
  const place = `court:${words.user}:${words.key}`;
  const state = form.querySelector('[data-state]');
  const newer = form.querySelector('[data-newer]');
  const LONGEST = 30_000;
  form.elements.window.value = [...crypto.getRandomValues(new Uint8Array(16))].map((part) => part.toString(16).padStart(2, '0')).join('');

  let changed = false; // since the last save that was answered
  let sending = null; // the save that is on its way
  let wait = 2000;
  let timer = 0;
  let refused = false; // another window saved: a person decides

  const say = (sentence, tone = '') => {
    if (state.textContent !== sentence) state.textContent = sentence;
    state.dataset.tone = tone;
  };
  const clock = () => new Date().toLocaleTimeString('da-DK', { hour: '2-digit', minute: '2-digit' });

  // --- On the telephone ---------------------------------------------------------------------------------------
  const stored = (act) => {
    try {
      return act(window.localStorage);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // storage is off or full: the server still has it
      return null;
    }
  };
  const SECRET = new Set(['csrfmiddlewaretoken', 'window', 'number', 'version', 'declared']);
  const filled = () => [...new FormData(form)].filter(([name, value]) => !SECRET.has(name) && typeof value === 'string');
  // The window goes along: a save whose answer was lost is then no other window's when the page is opened again.
  const FROM = ['version', 'window', 'number'];
  const from = () => Object.fromEntries(FROM.map((name) => [name, form.elements[name].value]));
  const keep = () => stored((storage) => storage.setItem(place, JSON.stringify({ ...from(), filled: filled() })));
  const forget = () => stored((storage) => storage.removeItem(place));

  const takeBack = () => {
    const kept = stored((storage) => JSON.parse(storage.getItem(place) || 'null'));
    if (!kept) return false;
    for (const [name, value] of kept.filled) if (/^[tr]-rows$/.test(name)) fitRows(name[0], value.split(','));
    const values = new Map();
    for (const [name, value] of kept.filled) values.set(name, [...(values.get(name) || []), value]);
    for (const field of form.querySelectorAll('input, textarea, select')) {
      if (!field.name || SECRET.has(field.name)) continue;
      const given = values.get(field.name) || [];
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = given.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = given.includes(option.value);
      else if (field.type !== 'submit' && given.length) field.value = given[0];
    }
    for (const name of FROM) form.elements[name].value = kept[name];
    form.elements.number.value = Number(kept.number) + 1000; // past whatever the closed page still got through
    return true;
  };

  // --- To the server ------------------------------------------------------------------------------------------
  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  };

  const save = async () => {
    if (sending) return sending;
    if (!changed || refused) return undefined;
    clearTimeout(timer);
    changed = false;
    say(words.saving);
    sending = send();
    try {
      await sending;
    } finally {
      sending = null;
    }
    if (seen) look();
    if (changed && wait === 2000) later(300);
    return undefined;
  };

  const send = async () => {
    form.elements.number.value = Number(form.elements.number.value) + 1;
    let answer;
    try {
      answer = await fetch(words.saveUrl, {
        method: 'POST',
        body: new FormData(form),
        headers: { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json' },
        signal: AbortSignal.timeout(15_000),
      });
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
      return again(words.kept); // no connection
    }
    const json = (answer.headers.get('Content-Type') || '').startsWith('application/json');
    if (answer.redirected || answer.status === 403 && !json) return again(words.loggedOut);
    if (!json) return again(words.refused);
    const said = await answer.json();
    if (answer.status === 409) return ask(said);
    if (!answer.ok) return again(said.sentence || words.refused);
    wait = 2000;
    form.elements.version.value = said.version;
    if (!changed) forget();
    say(`${words.saved} ${clock()}`);
    show(said);
    return undefined;
  };

  const again = (sentence) => {
    changed = true;
    keep();
    say(sentence, 'kept');
    wait = Math.min(wait * 2, LONGEST);
    later(wait);
  };

  const ask = ({ sentence, version }) => {
    refused = changed = true;
    keep();
    say(words.kept, 'kept');
    newer.hidden = false;
    newer.querySelector('[data-newer-sentence]').textContent = sentence;
    newer.querySelector('[data-newer-load]').onclick = () => {
      forget();
      window.location.reload();
    };
    newer.querySelector('[data-newer-keep]').onclick = () => {
      form.elements.version.value = version;
      refused = false;
      newer.hidden = true;
      save();
    };
    newer.scrollIntoView({ block: 'center' });
  };

  // --- What came back -----------------------------------------------------------------------------------------
  const show = ({ said, missing, errors, deadline }) => {
    form.querySelector('[data-said-title]').textContent = said.title;
    form.querySelector('[data-said-text]').textContent = said.text;
    form.querySelector('[data-deadline]').textContent = deadline;
    const list = form.querySelector('[data-missing]');
    list.replaceChildren(
      ...missing.map(({ field, sentence }) => {
        const link = Object.assign(document.createElement('a'), { href: `#id_${field}`, textContent: sentence });
        const row = document.createElement('li');
        row.append(link);
        return row;
      }),
    );
    form.querySelector('[data-missing-box]').hidden = missing.length === 0;
    for (const field of form.querySelectorAll('[data-field]')) {
      const fault = field.querySelector('[data-fault]');
      const found = errors[field.dataset.field] || [];
      if (!fault || field.querySelector('[data-field]')) continue;
      fault.textContent = found.join(' ');
      fault.hidden = found.length === 0;
    }
    stale = true; // looked at again once the save is over
  };

  const cards = form.querySelector('[data-cards]');
  let seen = false;
  let stale = false;
  const look = async () => {
    if (!stale || sending || changed) return;
    stale = false;
    try {
      const answer = await fetch(words.shownUrl, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
      if (answer.ok && !answer.redirected) cards.innerHTML = await answer.text();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      stale = true; // no connection: the next save looks again
    }
  };
  new IntersectionObserver(([entry]) => {
    seen = entry.isIntersecting;
    if (seen) look();
  }).observe(cards.closest('section'));

  // --- Rows ---------------------------------------------------------------------------------------------------
  const rowsOf = (letter) => [...form.querySelectorAll(`[data-row="${letter}"]`)];
  const addRow = (letter, number) => {
    const template = document.querySelector(`[data-template="${letter}"]`);
    const holder = document.createElement('template');
    holder.innerHTML = template.innerHTML.replaceAll('999', number);
    const row = holder.content.firstElementChild;
    rowsOf(letter).at(-1).after(row);
    const listed = form.elements[`${letter}-rows`];
    listed.value = [...listed.value.split(',').filter(Boolean), number].join(',');
    return row;
  };
  const fitRows = (letter, numbers) => {
    for (const number of numbers) {
      if (number && !rowsOf(letter).some((row) => row.dataset.number === number)) addRow(letter, number);
    }
  };
  form.querySelectorAll('[data-script]').forEach((part) => { part.hidden = false; });
  form.addEventListener('click', (event) => {
    const letter = event.target.closest('[data-add]')?.dataset.add;
    if (!letter) return;
    event.preventDefault();
    const next = Math.max(...rowsOf(letter).map((row) => Number(row.dataset.number))) + 1;
    const row = addRow(letter, String(next));
    row.scrollIntoView({ block: 'start' });
    row.querySelector('input')?.focus({ preventScroll: true });
    note();
  });

  // --- As one writes ------------------------------------------------------------------------------------------
  const note = () => {
    changed = true;
    keep();
    if (!refused) later(400);
  };
  form.addEventListener('input', note);
  form.addEventListener('change', (event) => {
    const told = event.target.name?.match(/^(\w+)_told$/);
    if (told && event.target.value === 'now') {
      const here = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000);
      form.elements[`${told[1]}_told_at`].value = here.toISOString().slice(0, 16);
    }
    note();
  });
  window.addEventListener('online', () => { wait = 2000; save(); });
  document.addEventListener('visibilitychange', () => save());

  let ready = false;
  form.addEventListener('submit', async (event) => {
    if (ready) return;
    event.preventDefault();
    const button = event.submitter;
    if (sending) await sending;
    await save();
    // Where nothing was left to save we are still inside this very event, and a form ignores a second one in it.
    await new Promise((go) => { setTimeout(go); });
    if (changed || refused || !navigator.onLine) {
      say(words.offline, 'kept');
      button?.classList.remove('button-longrunning-active');
      return;
    }
    ready = true;
    form.elements.number.value = Number(form.elements.number.value) + 1;
    forget();
    form.requestSubmit(button);
  });

  // --- Where one is -------------------------------------------------------------------------------------------
  const links = [...form.querySelectorAll('.court-steps a')];
  const follow = () => {
    const here = links.findLastIndex((link) => {
      const step = document.querySelector(link.getAttribute('href'));
      return step?.getClientRects().length && step.getBoundingClientRect().top < window.innerHeight / 2;
    });
    links.forEach((link, index) => {
      link.toggleAttribute('data-done', index < here);
      if (index === here) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
    });
  };
  document.addEventListener('scroll', follow, { passive: true, capture: true });
  follow();

  form.querySelector('[data-faults]')?.focus();

  if (takeBack()) {
    changed = true;
    save();
  }
})();
