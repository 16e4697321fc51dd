// Sliders without a kernel: what each setting draws and says was worked out beforehand.
const live = async box => {
  const packed = Uint8Array.from(atob(box.querySelector("script").textContent), c => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const head = bytes.indexOf(10);
  const told = JSON.parse(new TextDecoder().decode(bytes.subarray(0, head)));
  const planes = bytes.subarray(head + 1), total = planes.length / 4;
  const places = told.shape.map(() => 0);

  let next = 0;
  const columns = [];
  for (const [axes, read, back, along] of told.columns) {
    const strides = [];
    let size = 1;
    for (let k = axes.length; k--;) { strides[k] = size; size *= told.shape[axes[k]]; }
    const numbers = new Int32Array(size);
    for (let i = 0; i < size; i++, next++) {
      let folded = 0;
      for (let byte = 4; byte--;) folded = folded << 8 | planes[next + byte * total];
      numbers[i] = folded >>> 1 ^ -(folded & 1);
    }
    for (const k of along.reverse())
      for (let i = strides[k]; i < size; i++)
        if (Math.floor(i / strides[k]) % told.shape[axes[k]]) numbers[i] += numbers[i - strides[k]];
    if (back) for (let i = 0; i < size; i++) numbers[i] += columns[columns.length - back].numbers[i];
    columns.push({axes, strides, numbers, read});
  }

  const number = ({axes, strides, numbers}) =>
    numbers[axes.reduce((at, axis, k) => at + places[axis] * strides[k], 0)];
  const word = column => typeof column.read == "object"
    ? column.read[number(column)]
    : (number(column) / 10 ** column.read).toFixed(column.read);
  const text = ([which, forms]) =>
    forms[number(columns[which])].map(bit => typeof bit == "string" ? bit : word(columns[bit])).join("");

  const controls = [...box.querySelectorAll("input, select")];
  const buttons = [...box.querySelectorAll("button")], presets = buttons.slice(0, -1);
  const picture = box.querySelector(".glf-moving"), reading = box.querySelector("[role=status]");
  const move = to => {
    to.forEach((place, k) => {
      places[k] = place;
      if (controls[k].tagName == "SELECT") controls[k].selectedIndex = place;
      else {
        controls[k].value = place;
        controls[k].setAttribute("aria-valuetext", told.values[k][place]);
        controls[k].nextElementSibling.textContent = told.values[k][place];
      }
    });
    for (const one of presets)
      one.setAttribute("aria-pressed", one.dataset.places == `[${places.join(", ")}]`);
    picture.innerHTML = told.picture.map(text).join("");
    reading.textContent = told.sentence.map(text).join("");
  };
  const stand = () => controls.map(one => one.tagName == "SELECT" ? one.selectedIndex : +one.value);
  for (const one of controls) one.addEventListener("input", () => move(stand()));
  for (const one of buttons)
    one.addEventListener("click", () => move(JSON.parse(one.dataset.places)));
  move(JSON.parse(buttons.at(-1).dataset.places));
  box.hidden = false;
};
addEventListener("DOMContentLoaded", () => document.querySelectorAll(".glf-live").forEach(live));
