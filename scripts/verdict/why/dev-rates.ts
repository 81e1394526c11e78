import { explainPlanted } from './explain-planted.ts'
import { PLANTED, STRENGTHS, worldOf } from './planted-causes.ts'
const [kind = 'usual', from = '1', to = '2', only = ''] = process.argv.slice(2)
const table: string[] = []
let [right, all] = [0, 0]
for (const cause of PLANTED.filter(({ id }) => id.includes(only))) {
  const said = new Map<string, number>()
  let [ok, n, pass] = [0, 0, 0]
  for (const strength of STRENGTHS) {
    for (let seed = Number(from); seed <= Number(to); seed++) {
      const world = worldOf(seed * 100 + strength, kind as 'usual')
      const planted = cause.plant(world, strength)
      const started = Date.now()
      const { isPass, causes } = await explainPlanted(world, { planted, cause, seed })
      if (isPass) { pass++; continue }
      n++
      const [first] = causes
      const good = first !== undefined && cause.codes.includes(first.code) && first.text.includes(planted.names ?? '')
      if (good) ok++
      const key = first?.code ?? 'none'
      said.set(key, (said.get(key) ?? 0) + 1)
      if (!good || process.env.ALL) console.log(`  ${cause.id} s${strength} seed${seed} want ${planted.names ?? ''} (${Date.now() - started} ms)\n    ${causes.map(({ text }) => text).join('\n    ')}`)
    }
  }
  right += ok; all += n
  table.push(`${cause.id.padEnd(44)} ${ok}/${n} (pass ${pass})  ${[...said].map(([code, count]) => `${code} ${count}`).join(', ')}`)
}
console.log(table.join('\n'))
console.log(right, all, right / all)
