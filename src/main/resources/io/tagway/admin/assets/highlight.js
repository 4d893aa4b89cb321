// Marks what a filter has found, without touching the elements that hold it.

/** Marks the words, which are in lower case, wherever they stand in these elements. */
export function highlight(elements, words) {
  if (!CSS.highlights) {
    return; // an older browser filters as well
  }
  if (words.length === 0) {
    CSS.highlights.delete('found');
    return;
  }
  CSS.highlights.set('found', new Highlight(...elements.flatMap((element) => ranges(element, words))));
}

function ranges(element, words) {
  const found = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.toLowerCase();
    for (const word of words) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        const range = new StaticRange({
          startContainer: texts.currentNode,
          startOffset: at,
          endContainer: texts.currentNode,
          endOffset: Math.min(at + word.length, texts.currentNode.length),
        });
        found.push(range);
      }
    }
  }
  return found;
}
