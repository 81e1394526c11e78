import { LRUCache } from 'lru-cache'
import type { PooledSqlite } from '../../../pooled-sqlite.ts'
import type { EveryNth } from '../../../planted-faults.ts'
import { type AttributeName, ATTRIBUTES, dependentsOf, type ItemFields } from './attributes.ts'

/** An attribute's value, and whether it came from the cache. */
export interface ComputedValue {
  value: number
  cached: boolean
}

/** A cached item: its fields as they are stored, and the attributes computed so far. */
interface Item {
  fields: ItemFields
  values: Map<AttributeName, number>
}

export interface ItemStoreOptions {
  cacheItems: number
  /** Changes that do not invalidate computed attributes: a planted fault. */
  stale: EveryNth
}

const SCHEMA = 'CREATE TABLE store_items (id TEXT PRIMARY KEY, fields TEXT NOT NULL);'

/** Items and their computed attributes. Fields are stored, attributes are cached until a field changes. */
export class ItemStore {
  readonly #database: PooledSqlite
  readonly #cache: LRUCache<string, Item>
  readonly #stale: EveryNth
  readonly #queries: ReturnType<typeof queriesOf>

  constructor(database: PooledSqlite, { cacheItems, stale }: ItemStoreOptions) {
    database.createTables(SCHEMA)
    this.#database = database
    this.#cache = new LRUCache({ max: cacheItems })
    this.#stale = stale
    this.#queries = queriesOf(database)
  }

  /** Sets all fields of an item, whether or not there is one. */
  async put(id: string, fields: ItemFields): Promise<void> {
    await this.#database.run(this.#queries.put, id, JSON.stringify(fields))
    this.#cache.delete(id)
  }

  /** @returns what was invalidated; undefined when there is no such item */
  async change(id: string, changes: Partial<ItemFields>): Promise<AttributeName[] | undefined> {
    const { change } = this.#queries
    // A merge patch (RFC 7396) in the database: two changes at once both stay.
    const rows = await this.#database.run(change, JSON.stringify(changes), id)
    if (rows === 0) return undefined
    const dependents = dependentsOf(Object.keys(changes))
    const item = this.#cache.get(id)
    const isStale = this.#stale.next()
    if (!item) return dependents
    Object.assign(item.fields, changes)
    if (!isStale) for (const name of dependents) item.values.delete(name)
    return dependents
  }

  /** @returns undefined when there is no such item */
  async compute(id: string, name: AttributeName): Promise<ComputedValue | undefined> {
    const item = this.#cache.get(id) ?? (await this.#load(id))
    if (!item) return undefined
    const cached = item.values.has(name)
    return { value: valueOf(item, name), cached }
  }

  /** Items that are stored. */
  async count(): Promise<number> {
    const [row] = await this.#database.all<{ rows: number }>(this.#queries.count)
    return row?.rows ?? 0
  }

  async #load(id: string): Promise<Item | undefined> {
    const [row] = await this.#database.all<{ fields: string }>(this.#queries.find, id)
    if (!row) return undefined
    // Another request may have loaded it meanwhile, and later changes are in that object.
    const known = this.#cache.get(id)
    if (known) return known
    const item = { fields: JSON.parse(row.fields) as ItemFields, values: new Map() }
    this.#cache.set(id, item)
    return item
  }
}

/** The value of an attribute; caches it, and those that it depends on. */
function valueOf({ fields, values }: Item, name: AttributeName): number {
  const known = values.get(name)
  if (known !== undefined) return known
  const value = ATTRIBUTES[name].compute(fields, (other) => valueOf({ fields, values }, other))
  values.set(name, value)
  return value
}

function queriesOf(database: PooledSqlite) {
  return {
    put: database.prepare(
      `INSERT INTO store_items (id, fields) VALUES (?, ?)
       ON CONFLICT (id) DO UPDATE SET fields = excluded.fields`,
    ),
    change: database.prepare('UPDATE store_items SET fields = json_patch(fields, ?) WHERE id = ?'),
    find: database.prepare('SELECT fields FROM store_items WHERE id = ?'),
    count: database.prepare('SELECT count(*) AS rows FROM store_items'),
  }
}
