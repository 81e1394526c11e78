import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeOf } from './place.ts'

const TABLE: [folder: string, path: string, place: string][] = [
  ['/home/a/shop', './rows.csv', '/home/a/shop/rows.csv'],
  ['/home/a/shop', 'rows.csv', '/home/a/shop/rows.csv'],
  ['/home/a/shop', '../data/./rows.csv', '/home/a/data/rows.csv'],
  ['/home/a/shop', '.', '/home/a/shop'],
  ['./files/workloads/shop', '../data/rows.csv', './files/workloads/data/rows.csv'],
  ['C:/shop/data', '../rows.csv', 'C:/shop/rows.csv'],
  ['./files/workloads/shop', '/etc/rows.csv', '/etc/rows.csv'],
  ['./files/workloads/shop', 'file:///etc/rows.csv', 'file:///etc/rows.csv'],
  ['./files/workloads/shop', 'https://example.com/x.js', 'https://example.com/x.js'],
]

for (const [folder, path, place] of TABLE) {
  test(`${path} of ${folder} is ${place}`, () => assert.equal(placeOf(folder, path), place))
}
