// Runs in the reader's browser. Everything is readable without it: it opens closed parts for paper.
const folded = [...document.querySelectorAll('details')]
addEventListener('beforeprint', () => folded.forEach((part) => (part.open = true)))
