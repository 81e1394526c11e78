import { BOARDS } from './dashboards/all.ts'
import { classicBoard } from './panels/classic.ts'
import { stableJson } from './panels/stable-json.ts'
import { generateRules } from './rules/generate-rules.ts'

/** Text of every generated file, by its path from the project's folder. */
export async function generatedFiles(): Promise<Record<string, string>> {
  return { ...dashboardFiles(), ...(await generateRules()) }
}

/** Each board as Classic JSON, which Grafana imports and provisions from files. */
function dashboardFiles(): Record<string, string> {
  const files: Record<string, string> = {}
  for (const board of BOARDS) {
    const name = `${board.uid.replace('k6v-', '')}.json`
    files[`grafana/generated/dashboards/${name}`] = stableJson(classicBoard(board))
  }
  return files
}
