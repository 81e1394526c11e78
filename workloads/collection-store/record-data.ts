// Pure: the data of records. The same record number always has the same data, so none of it needs to be kept.

/** Characters of a record's data, by the size's name. */
const CHARACTERS = { small: 200, medium: 4_000, large: 64_000 } as const

export type RecordSize = keyof typeof CHARACTERS

const WORDS = 'collection store record field index query value order product event page total'

/** Data of a record: words that begin with its number. */
export const recordData = (size: RecordSize, number: number): string => {
  const characters = CHARACTERS[size]
  const text = `record ${number} ${WORDS} `
  return text.repeat(Math.ceil(characters / text.length)).slice(0, characters)
}
