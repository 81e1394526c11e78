import { buildSync } from 'esbuild'
import { createHash } from 'node:crypto'
import { projectPath } from '../project.ts'

/** What the page holds besides its own text. */
export interface PageAssets {
  script: string
  style: string
  /** Content security policy: nothing is loaded, and nothing runs or is styled but these two. */
  policy: string
}

/** Bundles the page's script and style sheet. */
export function pageAssets(): PageAssets {
  const script = bundled('history.mjs')
  const style = bundled('history.css')
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return { script, style, policy: policy.join('; ') }
}

// esbuild writes plain ASCII, and nothing that could end a script element.
function bundled(name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [projectPath('scripts', 'history', 'page', name)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['es2020'],
    legalComments: 'none',
  })
  return outputFiles[0]?.text ?? ''
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
