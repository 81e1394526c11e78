import { ruleFilesOf } from '../../../grafana/rules/generate-rules.ts'
import type { RuleGroup } from '../../../grafana/rules/rule.ts'
import type { Sla } from '../../../scripts/sla/sla-file.ts'

/** All groups, recorded series before the alerts that read them. */
export function allGroups(slas: readonly Sla[]): RuleGroup[] {
  const isRecording = ({ name }: RuleGroup): boolean => name.startsWith('k6-recording')
  const groups = Object.values(ruleFilesOf(slas)).flat()
  return [
    ...groups.filter(isRecording).sort(({ name: a }, { name: b }) => a.length - b.length),
    ...groups.filter((group) => !isRecording(group)),
  ]
}
