// The page editor: all times at once, the plan in words, and the buttons of the cards beside the form.
// Everything here only fills in the form; without it every field can be filled in by hand.
(() => {
  // The cards stand open on wide screens until somebody has closed them.
  try {
    const kept = 'wagtail:side-panel-open';
    if (localStorage.getItem(kept) === null && window.innerWidth >= 1200) {
      localStorage.setItem(kept, 'preview');
      localStorage.setItem('wagtail:side-panel-width', '480');
    }
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // storage is switched off: the panel opens by its button
  }

  // Saved by itself and sent at once, a new page would be made twice, and the second refused for the address of the first:
  // who presses a button waits for what is being saved, and nothing is saved beside what is being sent.
  const LONGEST = 8000; // ms; then it is sent in any case
  let saving = false;
  let sending = false;
  let waiting = null;
  const goOn = () => {
    saving = false;
    if (!waiting) return;
    const { form, button, timer } = waiting;
    waiting = null;
    clearTimeout(timer);
    if (button) button.disabled = false;
    form.requestSubmit(button);
  };
  document.addEventListener('w-autosave:save', (event) => {
    if (sending) event.preventDefault();
    else queueMicrotask(() => (saving = !event.defaultPrevented));
  });
  for (const end of ['success', 'error']) document.addEventListener(`w-autosave:${end}`, goOn);
  // A row that was shown while it was being saved for the first time was counted as two.
  document.addEventListener('w-autosave:success', (event) => {
    const numbered = Object.keys(event.detail.response?.field_updates || {}).some((name) => name.endsWith('-INITIAL_FORMS'));
    if (numbered) document.querySelector('[data-controller~="w-preview"]')?.setAttribute('data-w-preview-stale-value', 'true');
  });
  document.addEventListener('submit', (event) => {
    if (event.defaultPrevented || !event.target.matches('[data-edit-form]')) return;
    if (saving) {
      event.preventDefault();
      clearTimeout(waiting?.timer);
      waiting = { form: event.target, button: event.submitter, timer: setTimeout(goOn, LONGEST) };
    } else sending = true;
  });
  window.addEventListener('pageshow', () => (sending = false));

  // Wagtail 8.0 looks for changes no more once a save was refused, so the cards would stand still and nothing would be saved
  // by itself until all is well: what is changed then is told here, until it has been saved.
  const lookOn = (form) => {
    const asNow = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string')).toString();
    let before = asNow();
    const look = setInterval(() => {
      const now = asNow();
      if (now === before) return;
      before = now;
      form.dispatchEvent(new CustomEvent('w-unsaved:add', { bubbles: true, cancelable: true, detail: { type: 'edits' } }));
    }, 700);
    form.addEventListener('w-autosave:success', () => {
      clearInterval(look);
      form.dataset.wUnsavedCheckIntervalValue = '501'; // another value than before: Wagtail looks again
    }, { once: true });
  };

  const { rows, addRow, changed } = window.road; // cms/rows.js

  const asTyped = (iso) => {
    const [day, time] = iso.split('T');
    return `${day.split('-').reverse().join('.')} ${time.slice(0, 5)}`;
  };

  const plan = (area) => {
    const prefix = area.dataset.roadPrefix;
    const panel = area.parentElement;
    const words = panel.querySelector('[data-road-words]');

    panel.querySelector('[data-road-every-channel]').addEventListener('click', () => {
      const there = new Set(rows(prefix).map(({ channel }) => channel.value));
      const options = document.getElementById(`id_${prefix}-EMPTY_FORM_TEMPLATE`).content;
      const known = [...options.querySelectorAll('[name$="-channel"] option')].map((option) => option.value);
      const empty = rows(prefix).filter(({ channel }) => !channel.value);
      for (const value of known) if (value && !there.has(value)) changed((empty.shift() || addRow(prefix)).channel, value);
    });

    panel.querySelector('[data-road-all-at]').addEventListener('click', () => {
      const moment = document.getElementById('road-all-at');
      if (!moment.value) return moment.focus();
      for (const { field } of rows(prefix)) {
        const due = field('due_at');
        if (due && !due.disabled) changed(due, asTyped(moment.value));
      }
    });
    // Dropped on a day of the calendar: every channel that is chosen now gets that time, unless it has one.
    const dropped = new URLSearchParams(window.location.search).get('at');
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(dropped)) {
      document.getElementById('road-all-at').value = dropped;
      panel.closest('form').addEventListener('change', ({ target }) => {
        const row = rows(prefix).find(({ channel }) => channel === target);
        const due = row?.field('due_at');
        if (due && target.value && !due.value) changed(due, asTyped(dropped));
      });
    }
    // Enter here sets the times; it does not save the form.
    document.getElementById('road-all-at').addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      panel.querySelector('[data-road-all-at]').click();
    });

    let waiting;
    let asked = '';
    const say = async () => {
      const query = new URLSearchParams();
      for (const { channel, field } of rows(prefix)) {
        if (!channel.value) continue;
        query.append('channel', channel.value);
        for (const name of ['id', 'due_at', 'withdraw_at']) query.append(name, field(name)?.value || '');
      }
      const typed = new FormData(panel.closest('form'));
      for (const name of ['release_order', 'release_minutes', 'release_rule']) query.append(name, typed.get(name) || '');
      if (query.toString() === asked) return;
      asked = query.toString();
      const response = await fetch(`${area.dataset.roadWordsUrl}?${asked}`, { credentials: 'same-origin' });
      if (response.ok) words.innerHTML = await response.text();
    };
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(say, 400);
    };
    for (const kind of ['input', 'change', 'click']) panel.closest('form').addEventListener(kind, soon);
  };

  // Fields of a block have no label of their own: they are called what their block is called. And the list beside the
  // form is longer than the screen: who has no mouse moves it too.
  const FIELDS = '[data-streamfield-child] :is([role=textbox], input:not([type=hidden]), textarea, select)';
  const name = () => {
    for (const field of document.querySelectorAll(FIELDS)) {
      const block = field.closest('section[aria-labelledby]');
      const named = field.labels?.length || field.matches('[aria-label], [aria-labelledby]');
      if (block && !named) field.setAttribute('aria-labelledby', block.getAttribute('aria-labelledby'));
    }
    document.querySelector('.w-minimap__list:not([tabindex])')?.setAttribute('tabindex', '0');
  };
  // At once, before anything is drawn or anybody looks: a page that is slow to draw is not unnamed meanwhile.
  const nameNews = () => {
    new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
    name();
  };

  // A headline is one line, however long: Enter makes no second.
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches('[data-edit-form] textarea[name=title]')) event.preventDefault();
  });

  document.addEventListener('DOMContentLoaded', () => {
    if (document.querySelector('[data-edit-form]')) nameNews();
    document.querySelectorAll('[data-edit-form][data-w-unsaved-force-value="true"]').forEach(lookOn);
    for (const area of document.querySelectorAll('[data-road-words-url]')) plan(area);
  });
})();
