import { type Html, html, jsonForScript, trusted } from './html.ts'
import { pageAssets, pageHead, type PageSource } from './page-assets.ts'

/** A part of a page that its navigation leads to. */
export interface Section {
  id: string
  title: string
  /** Undefined where there is nothing to show: then the section is left out. */
  content: Html | undefined
}

export interface Page {
  source: PageSource
  title: string
  header: Html
  sections: readonly Section[]
  footer: Html
  /** What the script of the page draws from. */
  data?: object | null
}

/** A report as one HTML page that needs nothing else: no network, and no JavaScript to be read. */
export function pageFrame({ source, title, header, sections, footer, data }: Page): string {
  const assets = pageAssets(source)
  const shown = sections.filter(({ content }) => content !== undefined)
  return html`<!doctype html>
    <html lang="en">
      ${pageHead(title, assets)}
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header>${header}</header>
        <nav aria-label="Sections">
          <ul>
            ${shown.map((each) => html`<li><a href="#${each.id}">${each.title}</a></li>`)}
          </ul>
        </nav>
        <main id="main" tabindex="-1">${shown.map(sectionOf)}</main>
        <footer><p>${footer}</p></footer>
        ${
          data !== undefined &&
          html`<script type="application/json" id="data">
            ${jsonForScript(data)}
          </script>`
        }
        ${trusted(`<script>${assets.script}</script>`)}
      </body>
    </html> `.text
}

function sectionOf({ id, title, content }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section> `
}
