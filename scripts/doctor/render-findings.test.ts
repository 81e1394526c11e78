import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from './finding.ts'
import { renderFindings } from './render-findings.ts'

const findings: Finding[] = [
  { name: 'node', found: 'v20.19.0', ok: true },
  { name: 'k6', found: 'none', ok: false, advice: 'Install k6' },
  { name: 'promtool', found: 'none', ok: 'optional', advice: 'Only for alerts: install it' },
]

test('findings are aligned and readable without colour', () => {
  assert.equal(
    renderFindings(findings, false),
    [
      'ok       node      v20.19.0',
      'problem  k6        none',
      '                   -> Install k6',
      'note     promtool  none',
      '                   -> Only for alerts: install it',
      '',
      'A run cannot work yet. Look at: k6.',
    ].join('\n'),
  )
})

test('optional gaps do not keep a run from working', () => {
  const rendered = renderFindings(
    findings.filter(({ ok }) => ok !== false),
    false,
  )

  assert.ok(rendered.endsWith('\n\nEverything that a run needs is here.'))
})

test('colour changes nothing but the colour', () => {
  const coloured = renderFindings(findings, true)

  assert.notEqual(coloured, renderFindings(findings, false))
  assert.equal(coloured.replaceAll(/\u001B\[\d+m/g, ''), renderFindings(findings, false))
})
