// The rows of a list in the page editor, by the names of their fields.
window.road = (() => {
  const changed = (field, value) => {
    field.value = value;
    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  const rows = (prefix) =>
    [...document.querySelectorAll(`[name^="${prefix}-"][name$="-channel"]`)]
      .map((channel) => {
        const field = (name) => document.querySelector(`[name="${channel.name.replace(/-channel$/, `-${name}`)}"]`);
        return { channel, field };
      })
      .filter(({ channel, field }) => !/__prefix__/.test(channel.name) && !field('DELETE')?.value);
  const addRow = (prefix) => {
    document.getElementById(`id_${prefix}-ADD`).click();
    return rows(prefix).at(-1);
  };
  return { rows, addRow, changed };
})();
