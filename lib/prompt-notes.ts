// Pure: read by k6 and by Node. What makes a prompt very long: notes pasted below the request.

/** The request with so many pasted notes that it has the stated length. */
export type AddNotes = (request: string, hash: number) => string

const HEADING = '\n\nBackground notes, pasted below:\n\n'
const CUT = ' [cut]'

/** Makes texts of so many characters; the hash decides with which paragraph the notes begin. */
export function createNotes(characters: number): AddNotes {
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
far and that the harder part would come in the weeks after Easter. The treasurer paid for the
coffee, and the minutes went to all who had been there.

Maria told us about her visit to the harbour. The cranes stand still since the new owner took
over, the gates are painted green, and a guard with a friendly dog sits at the entrance. She
took forty photographs, most of them of birds. The director was away that day, but his deputy
showed her the whole place and gave her a printed map.

Last year the numbers looked better than anybody had hoped. Spring was slow, as it always is,
and then a warm June brought more visitors than the three years before. Staff worked long hours
and nobody left. In September the roof was repaired, which cost a little less than the offer had
said, and the money that remained went to a new boiler.

Our neighbours have kept bees for a long time. In their view the lime trees along the canal make
the best honey, and the orchard behind the station the worst. They sell it on Saturdays from
a wooden stall, together with candles and pears. Children may look through a pane of glass at
the hive and count the bees that come home.

The letter arrived in a brown envelope without a stamp. It was written by hand, in blue ink, and
thanked the whole team for its patience during the move. Two boxes are still missing, one with
cables and one with the archive of the nineties. The driver remembers both of them well and
believes that they stand in the cellar of the other building.

On the second day the group went to the valley. The bus was full, the road was steep, and the
view from the last bend made everyone forget the rain. Lunch was soup with bread. In the
afternoon a forester spoke about the storm of ninety-nine, the young beeches that were planted
after it, and the lynx that has been seen twice since then.

The printer on the third floor has been replaced. Its successor is quieter, takes the same paper
and stands beside the window, where the old plant used to be. The plant moved to the kitchen and
has grown two new leaves. Anna keeps the keys to the paper store, and Joseph takes care of them
whenever she is on holiday or at the dentist.

A reader wrote that the exhibition had moved her. She came for the maps, stayed for the letters,
and sat for an hour in front of the small painting of a ferry. The lamps are a bit too bright,
she said, and the benches rather hard. The museum thanked her, dimmed the lamps in the east wing
and ordered cushions from a workshop nearby.

`
