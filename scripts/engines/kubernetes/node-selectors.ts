import { wrongValue } from '../../core/usage-errors.ts'

/** The label that cloud providers give their nodes. */
const REGION_LABEL = 'topology.kubernetes.io/region'

/** Labels of the nodes that runners may be on. */
export type NodeSelector = Record<string, string>

/**
 * Node selectors of a region, or of a run without regions. A region that no selector names gets the
 * nodes whose region has its name.
 *
 * @throws ToolkitError for what is no `[<region>:]<label>=<value>`, or names an unknown region
 */
export function nodeSelector(
  selectors: readonly string[],
  { region, regions }: { region: string | undefined; regions: readonly string[] },
): NodeSelector {
  const read = selectors.map((text) => readSelector(text, regions))
  const mine = read.filter((each) => each.region === undefined || each.region === region)
  const isPlaced = read.some((each) => each.region === region)
  const labels = Object.fromEntries(mine.map(({ label, value }) => [label, value]))
  return region === undefined || isPlaced ? labels : { [REGION_LABEL]: region, ...labels }
}

function readSelector(text: string, regions: readonly string[]) {
  const [, region, label, value] =
    /^(?:([^:=]+):)?([A-Za-z0-9][\w./-]*)=([\w.-]*)$/.exec(text) ?? []
  const rule = '[<region>:]<label>=<value>, e.g. eu-west:topology.kubernetes.io/region=eu-west-1'
  if (label === undefined || value === undefined) throw wrongValue('--node-selector', rule, text)
  if (region !== undefined && !regions.includes(region)) {
    const known = regions.length === 0 ? 'this scenario has no regions' : regions.join(', ')
    throw wrongValue('--node-selector', `about a known region (${known})`, text)
  }
  return { region, label, value }
}
