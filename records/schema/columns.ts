/** Column types of our own. */
import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** Hospital time: whole milliseconds since the site's epoch. */
export const hospitalTime = (name: string) => bigint(name, { mode: 'number' })

/** Wall time, for what happens to the machine rather than in the hospital. */
export const wallTime = (name: string) => timestamp(name, { withTimezone: true })

/** Bytes: sealed values and blind indexes. */
export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: (value) => new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
})

/** A Postgres transaction id, as text. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' })
