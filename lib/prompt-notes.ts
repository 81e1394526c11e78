// Pure: read by k6 and by Node. What makes a prompt very long: notes pasted below the request.

/** The request with so many pasted notes that it has the stated length. */
export type AddNotes = (request: string, hash: number) => string

const HEADING = '\n\nBackground notes, pasted below:\n\n'
const CUT = ' [cut]'

/** Makes texts of so many characters; the hash decides with which paragraph the notes begin. */
export const createNotes = (characters: number): AddNotes => {
  let pages: string | undefined
  return (request, hash) => {
    // As one string that is only ever sliced: k6 copies what it joins, and that is most of the time.
    pages ??= NOTES.repeat(Math.ceil(characters / NOTES.length) + 1)
    const from = NOTES.indexOf('\n\n', hash % (NOTES.length - 1)) + 2
    const length = characters - request.length - HEADING.length - CUT.length
    return `${request}${HEADING}${pages.slice(from, from + length)}${CUT}`
  }
}

// They ask for nothing, so that they hold no cue of a technique; they end with an empty line.
const NOTES = `The first meeting took place in the old library on a wet Tuesday morning. Eleven people came,
two of them late because the bridge was closed. Everybody agreed that the work had gone well so
far and that the harder part would come in the weeks after Easter.

Our neighbours have kept bees for a long time. In their view the lime trees along the canal make
the best honey, and the orchard behind the station the worst. They sell it on Saturdays from
a wooden stall, together with candles and pears.

`
