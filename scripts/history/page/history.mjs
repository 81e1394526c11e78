// Filters the runs of the page, and lays two of them side by side. Without it all runs are shown.
import { compareRuns } from './compare.mjs'

const data = JSON.parse(document.getElementById('data').textContent)
const form = document.getElementById('filter')
const rows = [...document.querySelectorAll('.entry')]
const groups = [...document.querySelectorAll('.group')]
const choosers = [document.getElementById('one'), document.getElementById('other')]

// The row of a run has its place in the data.
const isShown = (run, wanted) =>
  (!wanted.scenario || run.scenario === wanted.scenario) &&
  (!wanted.workload || run.workload === wanted.workload) &&
  (!wanted.verdict || run.verdict === wanted.verdict) &&
  (!wanted.from || run.started >= wanted.from) &&
  (!wanted.to || run.started.slice(0, 10) <= wanted.to)

const filter = () => {
  const wanted = Object.fromEntries(new FormData(form))
  const shown = data.runs.map((run) => isShown(run, wanted))
  rows.forEach((row, index) => (row.hidden = !shown[index]))
  for (const group of groups) {
    const { scenario, workload } = group.dataset
    const isOther = (value, all) => all && value !== all
    group.hidden = isOther(scenario, wanted.scenario) || isOther(workload, wanted.workload)
  }
  const count = shown.filter(Boolean).length
  document.getElementById('shown').textContent = `${count} of ${data.runs.length} runs`
  fillChoosers(shown)
}

const fillChoosers = (shown) => {
  for (const chooser of choosers) {
    const before = chooser.value
    const options = data.runs.flatMap((run, index) => {
      const { started, scenario, verdict, name } = run
      return shown[index] ? [new Option(`${started} ${scenario} ${verdict} (${name})`, index)] : []
    })
    chooser.replaceChildren(...options)
    if (options.some(({ value }) => value === before)) chooser.value = before
  }
  chooseNewest()
  compareRuns(data, Number(choosers[0].value), Number(choosers[1].value))
}

// The newest run, and the one before it that it can be compared with.
let isChosen = false
const chooseNewest = () => {
  if (isChosen || data.runs.length < 2) return
  isChosen = true
  const [newest] = data.runs
  const before = data.runs.findIndex((run, index) => index > 0 && isComparable(run, newest))
  choosers[0].value = String(Math.max(1, before))
  choosers[1].value = '0'
}

const isComparable = (one, other) =>
  ['scenario', 'workload', 'setup'].every((key) => one[key] === other[key])

const copy = async () => {
  const code = document.getElementById('command')
  getSelection().selectAllChildren(code)
  // A page from a file may not be allowed to; then the text is selected, ready to be copied.
  await navigator.clipboard?.writeText(code.textContent).catch(() => undefined)
}

form.hidden = false
document.getElementById('compare').hidden = data.runs.length < 2
form.addEventListener('input', filter)
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('reset', () => setTimeout(filter))
for (const chooser of choosers) {
  chooser.addEventListener('input', () => {
    compareRuns(data, Number(choosers[0].value), Number(choosers[1].value))
  })
}
document.getElementById('copy').addEventListener('click', copy)
filter()
