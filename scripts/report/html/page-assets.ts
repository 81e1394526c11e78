import { buildSync } from 'esbuild'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type Html, html, trusted } from './html.ts'

/** Where a page's script and style sheet are, `<name>.mjs` and `<name>.css`. */
export interface PageSource {
  folder: string
  name: string
  /** First line of the script: the licence of what is bundled with it. */
  banner?: string
}

/** What a page holds besides its own text. */
export interface PageAssets {
  script: string
  style: string
  /** Content security policy: nothing is loaded, and nothing runs or is styled but these two. */
  policy: string
}

const known = new Map<string, PageAssets>()

/** Bundled once in a process. */
export function pageAssets(source: PageSource): PageAssets {
  const assets = known.get(source.name) ?? bundledAssets(source)
  known.set(source.name, assets)
  return assets
}

/** The head of a page: its title, its style and the policy that lets nothing else in. */
export function pageHead(title: string, { policy, style }: PageAssets): Html {
  return html`<head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="referrer" content="no-referrer" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    ${trusted(`<style>${style}</style>`)}
  </head>`
}

function bundledAssets(source: PageSource): PageAssets {
  const script = bundled(source, 'mjs')
  const style = bundled(source, 'css')
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
function bundled({ folder, name, banner }: PageSource, ending: 'mjs' | 'css'): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(folder, `${name}.${ending}`)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['es2020'],
    ...(banner !== undefined && { banner: { js: banner } }),
    legalComments: 'none',
  })
  return outputFiles[0]?.text ?? ''
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
