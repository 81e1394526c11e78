/** Shows the search field, and hides the rows of the searchable tables that do not hold its words. */
export function addSearch() {
  const form = document.querySelector('.search')
  if (!form) return
  const input = form.querySelector('input')
  const output = form.querySelector('output')
  const rows = [...document.querySelectorAll('table[data-searchable] tbody tr')]
  const texts = rows.map((row) => row.cells[0].textContent.toLowerCase())
  form.hidden = false

  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/)
    const found = texts.map((text) => words.every((word) => text.includes(word)))
    rows.forEach((row, index) => (row.hidden = !found[index]))
    const count = found.filter(Boolean).length
    output.textContent = input.value.trim() === '' ? '' : `${count} of ${rows.length} rows`
  })
}
