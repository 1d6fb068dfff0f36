// Contrast of an element's text with what lies behind it (WCAG 2.2): colours are laid over one another as the page does.
const pixel = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
const paint = colour => { pixel.fillStyle = colour; pixel.fillRect(0, 0, 1, 1); };
const painted = () => [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
const linear = part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
const luminance = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
const above = element => element ? [...above(element.parentElement), element] : [];
const [element] = arguments;
paint('#fff');
above(element).forEach(each => paint(getComputedStyle(each).backgroundColor));
const behind = luminance(painted());
paint(getComputedStyle(element).color);
const [low, high] = [behind, luminance(painted())].sort((one, other) => one - other);
return (high + 0.05) / (low + 0.05);
