// What a person sees of the editor without scrolling: asked of the browser, point by point, so that whatever lies on top counts.
const [ofRegion, ofImage] = arguments;
const STEPS = 40;  // points along each side of the picture, from 1 px inside one border to 1 px inside the other
const selected = window.Htx && window.Htx.annotationStore.selected;
const frame = document.querySelector('.lsf-main-content'), drawn = document.querySelector('.lsf-image img');
if (!selected || !frame || !drawn) return null;  // between two tasks the page shows none
const image = selected.objects.find(object => object.type === 'image');
const middle = frame.getBoundingClientRect();
const top = document.elementFromPoint(middle.left + middle.width / 2, (middle.top + Math.min(middle.bottom, innerHeight)) / 2);
if (!image || !image.imageIsLoaded || !top || !top.closest('.lsf-main-content')) return null;  // still being loaded
const shown = element => element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';
const all = (css, within = document) => [...within.querySelectorAll(css)].filter(shown);
const along = (from, to, steps, inset) =>
  Array.from({length: steps}, (_, step) => from + inset + (to - from - 2 * inset) * step / (steps - 1));
const share = (box, steps, inset, mine) => {
  const hits = along(box.left, box.right, steps, inset).flatMap(x =>
    along(box.top, box.bottom, steps, inset).map(y => document.elementFromPoint(x, y)));
  return hits.filter(hit => hit && mine(hit)).length / hits.length;
};
const ROUNDED = 3;  // px: what lies outside a rounded corner does not belong to a button
const whole = element => share(element.getBoundingClientRect(), 5, ROUNDED, hit => element.contains(hit)) === 1;
const questions = titles => all('.gl-question').filter(question => titles.some(title => question.innerText.trim().startsWith(title)));
const asked = titles => questions(titles).filter(question => [question, ...all('.lsf-choice', question)].every(whole));
const cut = label => {
  const words = document.createRange();
  const text = label.querySelector('.lsf-label__text');
  words.selectNodeContents(text);
  const [inner, outer] = [words.getBoundingClientRect(), label.getBoundingClientRect()];
  return inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.top < outer.top - 1
    || inner.bottom > outer.bottom + 1 || text.scrollWidth > text.clientWidth + 1;
};
const name = label => label.querySelector('.lsf-label__text').innerText.split('\n')[0].trim();
const picture = drawn.getBoundingClientRect();
const labels = all('.lsf-label');
const banner = all('.gl-verdict');
return {
  zoom: image.zoomScale,
  image_left: picture.left,
  image_top: picture.top,
  image_width: picture.width,
  image_height: picture.height,
  image_share: share(picture, STEPS, 1, hit => hit.closest('.lsf-image, .konvajs-content') !== null),
  region_questions: asked(ofRegion).length,
  image_questions: asked(ofImage).length,
  classes: labels.map(name),
  classes_in_sight: labels.filter(whole).length,
  class_rows: new Set(labels.map(label => Math.round(label.getBoundingClientRect().top))).size,
  classes_cut: labels.filter(cut).map(name),
  banner_height: banner.length ? banner[0].getBoundingClientRect().height : 0,
};
