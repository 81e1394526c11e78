import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_FOLDER } from '../scripts/core/project.ts'

const TOP = ['README.md', 'AGENTS.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md']

/** Every document for people, by its path from the project's folder. */
export function documents(): { file: string; text: string }[] {
  const docs = readdirSync(join(PROJECT_FOLDER, 'docs')).filter((file) => file.endsWith('.md'))
  return [...TOP, ...docs.map((file) => join('docs', file))].map((file) => {
    return { file, text: readFileSync(join(PROJECT_FOLDER, file), 'utf8') }
  })
}

/** Commands of a document: lines of its indented blocks and its inline code. */
export function commandsIn(text: string): string[] {
  const lines = text.matchAll(/^ {4}((?:npm|k6|node) .*?)(?: +# .*)?$/gm)
  const inline = text.matchAll(/`((?:npm|k6|node) [^`]+)`/g)
  return [...lines, ...inline].map(([, command = '']) => command.replaceAll(/\s+/g, ' ').trim())
}

/** Anchors of a document's sections: a heading in lower case, with hyphens for spaces. */
export function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )
}
