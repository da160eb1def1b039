// A card's button acts on the form beside it: the editor listens (cms/editor.js).
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-own]');
  if (!button) return;
  const channel = button.closest('[data-channel]').dataset.channel;
  window.parent.postMessage({ road: 'own-text', what: button.dataset.own, channel }, window.location.origin);
});
