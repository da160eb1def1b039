// What the buttons of the cards do with the form, and the room that is left, said under each text.
// Everything here only fills in the form; without it every field can be filled in by hand.
(() => {
  const { rows, addRow, changed } = window.road; // cms/rows.js
  const COMMON = 'id_summary';
  const NARROW = 800;

  const rowOf = (channel) => rows('variants').find((row) => row.channel.value === channel);
  const ensureRow = (channel) => {
    const found = rowOf(channel);
    if (found) return found;
    const row = addRow('variants');
    changed(row.channel, channel);
    return row;
  };
  // On a telephone the cards lie over the form: they make room for the field that is meant.
  const show = (field) => {
    const opened = document.querySelector('[data-side-panel-toggle="preview"][aria-expanded="true"]');
    const closes = window.innerWidth < NARROW && opened;
    if (closes) opened.click();
    const go = () => {
      field.scrollIntoView({ block: 'center' });
      field.focus();
    };
    setTimeout(go, closes ? 300 : 0); // ms: the form is laid out anew meanwhile
  };
  const textOf = (channel) => {
    const row = ensureRow(channel);
    const text = row.field('text');
    if (!text.value) changed(text, document.getElementById(COMMON)?.value || '');
    return text;
  };
  const isEmpty = (row) =>
    ['image', 'image_alt', 'link_url'].every((name) => !row.field(name)?.value) &&
    ['{}', '', 'null'].includes(row.field('crops').value) &&
    !row.field('without_video').checked &&
    row.field('link').value === 'page';

  const acts = {
    text: ({ channel }) => show(textOf(channel)),
    common: ({ channel }) => {
      const row = rowOf(channel);
      if (!row) return;
      if (isEmpty(row)) document.getElementById(`${row.field('DELETE').id}-button`)?.click();
      else changed(row.field('text'), '');
    },
    alt: ({ channel }) => {
      const alt = ensureRow(channel).field('image_alt');
      if (!alt.value) changed(alt, document.getElementById('id_social_image_alt')?.value || '');
      show(alt);
    },
    image: ({ channel }) => {
      const chooser = document.getElementById(`${ensureRow(channel).field('image').id}-chooser`);
      show(chooser?.querySelector('button') || chooser);
    },
    'no-video': ({ channel }) => {
      const tick = ensureRow(channel).field('without_video');
      tick.checked = true;
      tick.dispatchEvent(new Event('change', { bubbles: true }));
      show(tick);
    },
    'no-link': ({ channel }) => changed(ensureRow(channel).field('link'), 'none'),
    focus: ({ value }) => show(document.getElementById(`id_${value}`)),
    tag: ({ channel, value }) => {
      const text = textOf(channel);
      changed(text, `${text.value.trimEnd()} ${value}`.trimStart());
    },
    mention: ({ value }) => {
      const known = [...document.querySelectorAll('[name^="mentions-"][name$="-account"]')];
      if (known.some((field) => field.value === value)) return;
      document.getElementById('id_mentions-ADD').click();
      const added = [...document.querySelectorAll('[name^="mentions-"][name$="-account"]')];
      changed(added.filter(({ name }) => !/__prefix__/.test(name)).at(-1), value);
    },
    crop: ({ channel, value }) => {
      const field = ensureRow(channel).field('crops');
      const crops = JSON.parse(field.value || '{}') || {};
      if (value.part) crops[value.image] = value.part;
      else delete crops[value.image];
      changed(field, JSON.stringify(crops));
    },
    // Drawn while they were being closed, cards may be older than what was typed since.
    counts: ({ counts }) => (isClosed() ? soon() : say(counts)),
  };

  // --- The room that is left --------------------------------------------------------------------------------------
  const placeAfter = (field) => {
    const within = field.closest('.w-field__input') || field.parentElement;
    let list = within.querySelector('.road-counts');
    if (!list) {
      list = document.createElement('ul');
      list.className = 'road-counts';
      within.append(list);
    }
    return list;
  };
  const fill = (field, counts) => {
    if (!field) return;
    const items = counts.map(({ name, count, room, over }) => {
      const item = document.createElement('li');
      const number = document.createElement('b');
      number.textContent = count;
      item.append(`${name} `, number, room ? ` · ${room}` : '');
      item.toggleAttribute('data-over', over !== undefined);
      return item;
    });
    placeAfter(field).replaceChildren(...items);
  };
  const say = (counts) => {
    const posts = counts.filter(({ page }) => page === undefined);
    fill(document.getElementById(COMMON), posts.filter(({ ownText }) => ownText === undefined));
    for (const row of rows('variants')) {
      fill(row.field('text'), posts.filter(({ channel, ownText }) => channel === row.channel.value && ownText !== undefined));
    }
  };
  // While the cards are closed nobody asks the server what they would say: we do, when the writer rests.
  const ask = async (area, form) => {
    const url = area.dataset.wPreviewUrlValue;
    const posted = await fetch(url, { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
    if (!posted.ok || !(await posted.json()).is_valid) return;
    const page = await fetch(`${url}?mode=channels&in_preview_panel=true`, { credentials: 'same-origin' });
    if (!page.ok) return;
    const drawn = new DOMParser().parseFromString(await page.text(), 'text/html');
    say([...drawn.querySelectorAll('.card[data-channel]')].map((card) => ({ ...card.dataset })));
  };
  const preview = () => document.querySelector('[data-controller~="w-preview"]');
  const isClosed = () => preview()?.offsetParent === null;
  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const form = document.querySelector('[data-edit-form]');
      if (form && isClosed()) ask(preview(), form);
    }, 700); // ms
  };

  window.addEventListener('message', ({ origin, data }) => {
    if (origin === window.location.origin && data?.road === 'composer') acts[data.what]?.(data);
  });
  document.addEventListener('input', ({ target }) => {
    if (target.closest('[data-edit-form]') && target.matches('textarea, input[type=url]')) soon();
  });
})();
