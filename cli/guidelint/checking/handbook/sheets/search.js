(() => {
  const form = document.querySelector('.hb-search'), find = document.querySelector('#hb-find');
  const found = document.querySelector('#hb-found'), main = document.querySelector('main');
  const narrow = matchMedia('(max-width: 63.99rem)');
  const contents = document.querySelector('.hb-contents details');
  if (narrow.matches) contents.open = false;
  let was = contents.open;
  addEventListener('beforeprint', () => { was = contents.open; contents.open = true; });
  addEventListener('afterprint', () => { contents.open = was; });
  form.hidden = false;
  const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const units = section => [...section.children].filter(one => !/^(H\d|SECTION)$/.test(one.tagName)).flatMap(
    one => one.matches('.gli-rows') ? [...one.tBodies[0].rows] : [one]);
  const filter = (section, words, within) => {
    const all = within || words.every(word => plain(section.firstElementChild.textContent).includes(word));
    let count = 0;
    for (const unit of units(section)) {
      const text = plain(unit.textContent);
      const hit = words.every(word => text.includes(word));
      unit.classList.toggle('hb-out', !(hit || all));
      count += hit ? 1 : 0;
    }
    for (const rows of section.querySelectorAll(':scope > .gli-rows'))
      rows.classList.toggle('hb-out', ![...rows.tBodies[0].rows].some(row => !row.classList.contains('hb-out')));
    for (const beneath of section.querySelectorAll(':scope > section')) count += filter(beneath, words, all);
    if (all && !within && words.length) count = Math.max(count, 1);
    section.classList.toggle('hb-out', !count && !all);
    return count;
  };
  const mark = words => {
    if (!window.CSS || !CSS.highlights) return;
    CSS.highlights.delete('hb-found');
    const ranges = [], texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); words.length && text; text = texts.nextNode()) {
      const said = text.data.toLowerCase();
      for (const word of words)
        for (let at = said.indexOf(word); at >= 0; at = said.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(text, at); range.setEnd(text, at + word.length); ranges.push(range);
        }
    }
    if (ranges.length) CSS.highlights.set('hb-found', new Highlight(...ranges));
  };
  const search = () => {
    const words = plain(find.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const section of main.querySelectorAll(':scope > section')) count += filter(section, words, !words.length);
    main.querySelector('.hb-cover').classList.toggle('hb-out', words.length > 0);
    found.textContent = !words.length ? '' : count ? `${count} ${count === 1 ? 'place' : 'places'}` : 'Nothing found';
    mark(words);
  };
  find.addEventListener('input', search);
  addEventListener('keydown', event => {
    if (event.key === '/' && document.activeElement !== find) { event.preventDefault(); find.focus(); }
    if (event.key === 'Escape' && find.value) { find.value = ''; search(); }
  });
})();
