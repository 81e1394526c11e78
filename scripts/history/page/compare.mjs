import { formatMeasure } from '../../core/format-measure.ts'

/** Fills the table of two runs; names only ever become text. */
export const compareRuns = (data, one, other) => {
  const runs = [data.runs[one], data.runs[other]]
  if (!runs[0] || !runs[1]) return
  const body = document.getElementById('rows')
  body.replaceChildren(...rowsOf(data, runs).map(elementOf))
  document.getElementById('warning').textContent = warningOf(runs)
  const names = runs.map(({ name }) => shellWord(name))
  document.getElementById('command').textContent = `npm run k6 -- compare ${names.join(' ')}`
}

const warningOf = ([one, other]) => {
  if (one === other) return 'A and B are the same run.'
  const keys = ['scenario', 'workload', 'setup']
  const differing = keys.filter((key) => one[key] !== other[key])
  if (differing.length === 0) return ''
  const told = differing.map((key) => `${key} (${one[key]} / ${other[key]})`)
  return `Not comparable, since they differ in: ${told.join('; ')}.`
}

/** Objectives of either run, with what each measured. */
const rowsOf = (data, runs) => {
  const rows = new Map()
  runs.forEach(({ values }, side) => {
    for (const [place, measured, verdict] of values) {
      const { id, indicator, limit, unit } = data.objectives[place]
      const key = JSON.stringify([id, indicator, unit])
      const row = rows.get(key) ?? { id, unit, limits: [], sides: [] }
      rows.set(key, row)
      row.limits[side] = `${indicator} ${limit}`
      row.sides[side] = { measured, verdict }
    }
  })
  return [...rows.values()]
}

const elementOf = ({ id, unit, limits, sides }) => {
  const row = document.createElement('tr')
  const head = cell('th', id)
  head.scope = 'row'
  const limit = [...new Set(limits.filter(Boolean))].join(' / ')
  const texts = [0, 1].map((side) => cell('td', sideText(sides[side], unit), 'number'))
  row.append(head, cell('td', limit), ...texts, cell('td', changeText(sides, unit), 'number'))
  return row
}

const cell = (name, text, className = '') => {
  const element = document.createElement(name)
  element.textContent = text
  element.className = className
  return element
}

const sideText = (side, unit) => {
  if (!side) return '-'
  const value = side.measured === null ? '-' : formatMeasure(side.measured, unit)
  return `${value} ${side.verdict}`
}

// A ratio changes by points: twice as many of hardly any failures would look like a lot.
const changeText = ([one, other], unit) => {
  const before = one?.measured ?? null
  const after = other?.measured ?? null
  if (before === null || after === null) return '-'
  if (unit === 'ratio') return `${signed(100 * (after - before))} points`
  return before > 0 && after > 0 ? `${signed(100 * (after / before - 1))}%` : '-'
}

const signed = (value) => {
  const rounded = Math.abs(value) < 5e-5 ? 0 : Number(value.toPrecision(2))
  return `${rounded > 0 ? '+' : ''}${rounded}`
}

// A folder may be called anything, and the command is to be pasted into a shell.
const shellWord = (text) =>
  /^[\w.:@%+][\w.:@%+-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
