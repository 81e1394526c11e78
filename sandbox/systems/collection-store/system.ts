// Collection Store: sessions, collections of records, channels, files, computed attributes and stored functions.
import type { Services } from '../../services.ts'
import { defineSystem } from '../../system.ts'
import { addChannels } from './channels/add-channels.ts'
import { addComputed } from './computed/add-computed.ts'
import { addFiles } from './files/add-files.ts'
import { functionsRoute } from './functions/functions-route.ts'
import { addRecords } from './records/add-records.ts'
import { addSessions } from './sessions/add-sessions.ts'

export type StoreSettings = Record<keyof typeof RULES, number>

/** What each part of the system needs. */
export interface StoreParts {
  services: Services
  settings: StoreSettings
}

const DAY_SECONDS = 86_400
const MANY = 10_000_000

const RULES = {
  storeSessionSeconds: { value: 900, min: 1, max: DAY_SECONDS },
  /** Rows that each collection has at the start. */
  storeRecords: { value: 5_000, min: 0, max: 1_000_000 },
  /** One more record in a collection is answered 507. */
  storeRecordsMax: { value: 1_000_000, min: 1, max: MANY },
  /** All files together; what would exceed it is answered 507. */
  storeFileBytesMax: { value: 500_000_000, min: 1, max: 100_000_000_000 },
  /** Files of all users; one more is answered 507. */
  storeFilesMax: { value: 100_000, min: 1, max: MANY },
  /** Items whose computed attributes are remembered. */
  storeCacheItems: { value: 10_000, min: 1, max: MANY },
  /** Planted faults, 0 for none: every nth refresh fails. */
  storeRefreshFailEvery: { value: 0, min: 0, max: MANY },
  /** Every nth upload is stored with a wrong byte. */
  storeCorruptEvery: { value: 0, min: 0, max: MANY },
  /** Every nth change does not invalidate the computed attributes that depend on it. */
  storeStaleEvery: { value: 0, min: 0, max: MANY },
}

export const system = defineSystem({
  rules: RULES,
  add(app, services, settings) {
    const parts: StoreParts = { services, settings }
    addSessions(app, parts)
    addRecords(app, parts)
    addChannels(app, parts)
    addFiles(app, parts)
    addComputed(app, parts)
    functionsRoute(app, services.tokens)
  },
})
