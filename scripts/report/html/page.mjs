// Runs in the reader's browser. Everything is readable without it: it makes the charts over time
// interactive, and the tables searchable. Texts of the run are only ever set as text.
import { drawCharts } from './page-charts.mjs'
import { addSearch } from './page-search.mjs'

const data = JSON.parse(document.getElementById('data').textContent)
if (data) drawCharts(data)
addSearch()

// A closed part would be missing on paper. The numbers of charts stay closed: they fill many pages.
const folded = [...document.querySelectorAll('details')].filter((part) => !part.closest('figure'))
addEventListener('beforeprint', () => folded.forEach((part) => (part.open = true)))
