// Choosing which part of an image a channel shows: by mouse, finger or keyboard. Says "crop" with the part, or null.
(() => {
  const STEP = 0.02;
  const within = (value, low, high) => Math.min(Math.max(value, low), high);

  class Crop {
    constructor(section) {
      this.section = section;
      this.stage = section.querySelector('.crop__stage');
      this.frame = section.querySelector('.crop__box');
      this.said = section.querySelector('.crop__said');
      this.image = Number(section.dataset.width) / Number(section.dataset.height);
      [this.x, this.y, this.width, this.height] = section.dataset.box.trim().split(' ').map(Number);
      this.focus = section.dataset.focus.trim().split(' ').map(Number);
      this.markShape();
      this.draw();
    }

    ratio() {
      return (this.width / this.height) * this.image;
    }

    markShape() {
      const shapes = [...this.section.querySelectorAll('[type=radio]')];
      const near = shapes.find(({ value }) => {
        if (value === 'whole') return this.width > 0.999 && this.height > 0.999;
        const [width, height] = value.split('/').map(Number);
        return Math.abs(this.ratio() - width / height) < 0.02;
      });
      if (near) near.checked = true;
    }

    draw() {
      const percent = (value) => `${value * 100}%`;
      const { style } = this.frame;
      [style.left, style.top] = [percent(this.x), percent(this.y)];
      [style.width, style.height] = [percent(this.width), percent(this.height)];
      const values = { x: this.x, y: this.y, width: this.width };
      this.said.textContent = this.said.dataset.said.replace(/\{(\w+)\}/g, (_all, name) => Math.round(values[name] * 100));
    }

    move(x, y) {
      this.x = within(x, 0, 1 - this.width);
      this.y = within(y, 0, 1 - this.height);
      this.draw();
    }

    size(factor) {
      const most = Math.min(1 / this.width, 1 / this.height);
      const by = within(factor, 0.1 / Math.min(this.width, this.height), most);
      const [x, y] = [this.x + this.width / 2, this.y + this.height / 2];
      this.width *= by;
      this.height *= by;
      this.move(x - this.width / 2, y - this.height / 2);
    }

    shape(value) {
      if (value === 'whole') [this.width, this.height] = [1, 1];
      else {
        const [width, height] = value.split('/').map(Number);
        const wanted = width / height / this.image;
        [this.width, this.height] = [Math.min(1, wanted), Math.min(1, 1 / wanted)];
      }
      this.move(this.focus[0] - this.width / 2, this.focus[1] - this.height / 2);
    }

    drag(event) {
      const { width, height } = this.stage.getBoundingClientRect();
      const start = { x: this.x - event.clientX / width, y: this.y - event.clientY / height };
      const go = (moved) => this.move(start.x + moved.clientX / width, start.y + moved.clientY / height);
      this.frame.setPointerCapture(event.pointerId);
      this.frame.addEventListener('pointermove', go);
      const end = () => this.frame.removeEventListener('pointermove', go);
      for (const kind of ['pointerup', 'pointercancel']) this.frame.addEventListener(kind, end, { once: true });
    }

    key(event) {
      const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      const way = ways[event.key];
      if (way) this.move(this.x + way[0] * STEP, this.y + way[1] * STEP);
      else if (event.key === '+') this.size(1.05);
      else if (event.key === '-') this.size(1 / 1.05);
      else if (event.key === 'Escape') this.close();
      else return;
      event.preventDefault();
    }

    part() {
      return [this.x, this.y, this.width, this.height].map((value) => Math.round(value * 10000) / 10000);
    }

    say(part) {
      const detail = { image: this.section.dataset.crop, part };
      this.section.dispatchEvent(new CustomEvent('crop', { bubbles: true, detail }));
    }

    open() {
      for (const other of this.section.closest('.card').querySelectorAll('.crop:not([hidden])')) of(other).close();
      this.section.hidden = false;
      this.opener().setAttribute('aria-expanded', 'true');
      this.frame.focus();
    }

    opener() {
      return this.section.closest('.card').querySelector(`[data-crop-open="${this.section.dataset.crop}"]`);
    }

    close() {
      this.section.hidden = true;
      this.opener().setAttribute('aria-expanded', 'false');
      this.opener().focus();
    }
  }

  const crops = new WeakMap();
  const of = (element) => {
    const { cropOpen } = element.dataset;
    const section = cropOpen
      ? element.closest('.card').querySelector(`.crop[data-crop="${cropOpen}"]`)
      : element.closest('.crop');
    if (!crops.has(section)) crops.set(section, new Crop(section));
    return crops.get(section);
  };
  const acts = {
    '[data-crop-open]': (crop) => (crop.section.hidden ? crop.open() : crop.close()),
    '[data-crop-close]': (crop) => crop.close(),
    '[data-crop-larger]': (crop) => crop.size(1.05),
    '[data-crop-smaller]': (crop) => crop.size(1 / 1.05),
    '[data-crop-use]': (crop) => crop.say(crop.part()),
    '[data-crop-forget]': (crop) => crop.say(null),
  };
  document.addEventListener('click', ({ target }) => {
    for (const [selector, act] of Object.entries(acts)) {
      const button = target.closest(selector);
      if (button) act(of(button));
    }
  });
  document.addEventListener('change', ({ target }) => {
    if (target.matches('.crop__shapes input')) of(target).shape(target.value);
  });
  document.addEventListener('keydown', (event) => {
    if (event.target.matches('.crop__box')) of(event.target).key(event);
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target.matches('.crop__box')) of(event.target).drag(event);
  });
})();
