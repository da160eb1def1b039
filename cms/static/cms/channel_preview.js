// A card's button acts on the form beside it, and the form is told what room is left: the editor listens (composer.js).
(() => {
  const tell = (message) => window.parent.postMessage({ road: 'composer', ...message }, window.location.origin);
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-do]');
    if (!button) return;
    const { channel } = button.closest('[data-channel]').dataset;
    tell({ what: button.dataset.do, value: button.dataset.value || '', channel });
  });
  document.addEventListener('crop', ({ target, detail }) => {
    const { channel } = target.closest('[data-channel]').dataset;
    tell({ what: 'crop', channel, value: detail });
  });
  document.addEventListener('DOMContentLoaded', () => {
    const counts = [...document.querySelectorAll('.card[data-channel]')].map((card) => ({ ...card.dataset }));
    tell({ what: 'counts', counts });
  });
})();
