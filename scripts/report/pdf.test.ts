import assert from 'node:assert/strict'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findChromium, writePdf } from './pdf.ts'

let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'k6v-pdf-'))
  await writeFile(join(folder, 'report.html'), '<p>report</p>')
})
after(() => rm(folder, { recursive: true }))

/** A program in place of Chromium. */
async function fake(name: string, script: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

function write(program: string): Promise<void> {
  const env = { CHROMIUM_BIN: program }
  return writePdf({ html: join(folder, 'report.html'), pdf: join(folder, 'report.pdf'), env })
}

const FIND_OUTPUT = 'for a; do case $a in --print-to-pdf=*) out=${a#*=};; esac; page=$a; done'

test('the page is printed, and the PDF kept', async () => {
  await write(await fake('prints', `${FIND_OUTPUT}\nprintf '%%PDF-1.4 %s' "$page" > "$out"`))
  assert.match(
    await readFile(join(folder, 'report.pdf'), 'utf8'),
    /^%PDF-1\.4 file:.*report\.html$/,
  )
})

for (const [what, script] of [
  ['says success and writes nothing', 'exit 0'],
  ['writes something else', `${FIND_OUTPUT}\necho no > "$out"`],
  ['fails', 'echo "no display" >&2; exit 1'],
] as const) {
  test(`a Chromium that ${what} has printed no PDF`, async () => {
    const program = await fake('broken', script)
    await assert.rejects(write(program), { code: 'K6V_PDF_FAILED', hint: /report\.html/ })
  })
}

test('a CHROMIUM_BIN that is not there is never passed over', async () => {
  await assert.rejects(write(join(folder, 'none')), {
    code: 'K6V_CHROMIUM_NOT_FOUND',
    message: /CHROMIUM_BIN/,
  })
})

test('without any Chromium the next step is said', async () => {
  const found = findChromium({ PATH: folder })
  await assert.rejects(found, { code: 'K6V_CHROMIUM_NOT_FOUND', hint: /CHROMIUM_BIN/ })
})

test('the first program on PATH is taken', async () => {
  await fake('google-chrome', '')
  const second = await fake('chromium-browser', '')
  assert.equal(await findChromium({ PATH: folder }), second)
  assert.ok((await stat(second)).isFile())
})
