// Classic JSON against the types of Grafana 11.0: a property it does not know, or an option that it spells
// in another way, is an error of the compiler.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { BOARDS } from '../dashboards/all.ts'
import { classicBoard } from './classic.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const VIRTUAL = join(root, 'grafana', 'panels', 'boards-as-types.ts')

/** Panel type to its folder in @grafana/schema. */
const PANELS: Record<string, string> = {
  timeseries: 'timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen',
  stat: 'stat/panelcfg/x/StatPanelCfg_types.gen',
  table: 'table/panelcfg/x/TablePanelCfg_types.gen',
  heatmap: 'heatmap/panelcfg/x/HeatmapPanelCfg_types.gen',
  trend: 'trend/panelcfg/x/TrendPanelCfg_types.gen',
}

// JSON has no enums: their values as literals. What a data source adds to variables and annotations is not
// in the types.
const HEAD = `
import type * as dashboard from '@grafana/schema/dist/esm/raw/dashboard/x/dashboard_types.gen'
${Object.entries(PANELS)
  .map(
    ([type, file]) =>
      `import type * as ${type} from '@grafana/schema/dist/esm/raw/composable/${file}'`,
  )
  .join('\n')}
type Plain<T> = unknown extends T ? T
  : T extends string ? \`\${T}\`
  : T extends number | boolean | null | undefined ? T
  : T extends (infer Item)[] ? Plain<Item>[]
  : { [Key in keyof T]: Plain<T[Key]> }
type Variable = Plain<dashboard.VariableModel> & { definition?: string }
type Event = Omit<Plain<dashboard.AnnotationQuery>, 'target'> & Record<'expr' | 'step' | 'titleFormat' | 'textFormat' | 'tagKeys' | 'useValueForTime' | 'target', unknown>
`

test('the types of Grafana 11.0 refuse what it does not know', () => {
  const wrong = { ...panelOf('timeseries'), options: { percentChangeColorMode: 'standard' } }
  assert.match(faultsOf([typed(wrong)]).join('\n'), /percentChangeColorMode/)
  const misspelt = {
    ...panelOf('stat'),
    options: { ...panelOf('stat').options, colorMode: 'fore' },
  }
  assert.match(faultsOf([typed(misspelt)]).join('\n'), /"fore"/)
})

test('every board is one that Grafana 11.0 knows, to the last option', () => {
  assert.deepEqual(faultsOf(BOARDS.flatMap((board) => partsOf(classicBoard(board)))), [])
})

interface AnyPanel {
  type: string
  title?: string
  panels?: AnyPanel[]
  options?: Record<string, unknown>
  fieldConfig?: { defaults: { custom?: unknown } }
}

interface AnyBoard {
  panels?: unknown[]
  annotations?: { list?: unknown[] }
  templating?: { list?: unknown[] }
}

const partsOf = ({
  annotations = {},
  templating = {},
  panels = [],
  ...rest
}: AnyBoard): string[] => [
  statement('Plain<dashboard.Dashboard>', rest),
  ...(annotations.list ?? []).map((event) => statement('Event', event)),
  ...(templating.list ?? []).map((variable) => statement('Variable', variable)),
  ...(panels as AnyPanel[]).flatMap((panel) => [panel, ...(panel.panels ?? [])]).map(typed),
]

function typed(panel: AnyPanel): string {
  if (panel.type === 'row') {
    return statement('Plain<dashboard.RowPanel>', { ...panel, panels: [] })
  }
  const { type, options, fieldConfig } = panel
  const custom = fieldConfig?.defaults.custom ?? {}
  return [
    statement('Plain<dashboard.Panel>', panel),
    statement(`Plain<${type}.Options>`, options),
    ...(type === 'stat' ? [] : [statement(`Partial<Plain<${type}.FieldConfig>>`, custom)]),
  ].join('\n')
}

let count = 0
const statement = (type: string, value: unknown): string =>
  `export const part${String(++count)}: ${type} = ${JSON.stringify(value)}`

function faultsOf(statements: string[]): string[] {
  const text = `${HEAD}\n${statements.join('\n')}`
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    lib: ['lib.es5.d.ts'],
  }
  const host = ts.createCompilerHost(options)
  const real = { ...host }
  host.fileExists = (file) => file === VIRTUAL || real.fileExists(file)
  host.getSourceFile = (file, ...more) =>
    file === VIRTUAL
      ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022)
      : real.getSourceFile(file, ...more)
  const program = ts.createProgram([VIRTUAL], options, host)
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

function panelOf(type: string): AnyPanel {
  const panels = BOARDS.flatMap((board) => classicBoard(board).panels ?? []) as AnyPanel[]
  const found = panels.find((panel) => panel.type === type)
  assert.ok(found, type)
  return found
}
