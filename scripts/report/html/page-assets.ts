import { buildSync } from 'esbuild'
import { createHash } from 'node:crypto'
import { projectPath } from '../../project.ts'

/** What every page holds besides its own text. */
export interface PageAssets {
  /** The one script, with uPlot in it. */
  script: string
  /** The style sheet, with that of uPlot. */
  style: string
  /** Content security policy: nothing is loaded, and nothing runs or is styled but these two. */
  policy: string
}

let assets: PageAssets | undefined

/** Bundled once in a process. */
export function pageAssets(): PageAssets {
  assets ??= bundledAssets()
  return assets
}

function bundledAssets(): PageAssets {
  const script = bundled('page.mjs')
  const style = bundled('page.css')
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return { script, style, policy }
}

// esbuild writes plain ASCII, and nothing that could end a script element.
function bundled(name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [projectPath('scripts', 'report', 'html', name)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['es2020'],
    banner: { js: '/*! uPlot, (c) Leon Sorokin, MIT licence, github.com/leeoniya/uPlot */' },
    legalComments: 'none',
  })
  return outputFiles[0]?.text ?? ''
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
