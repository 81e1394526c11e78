// A small model's list price, and the usual four characters of English per token.
const INPUT_USD_PER_TOKEN = 0.15 / 1_000_000
const OUTPUT_USD_PER_TOKEN = 0.6 / 1_000_000
const CHARACTERS_PER_TOKEN = 4

// Costs are whole multiples of 1e-8 dollars, and sums of whole numbers are exact.
const UNITS_PER_USD = 1e8

/** What the model takes for one prompt, in US dollars rounded to 1e-8. */
export function costUsd(inputCharacters: number, outputCharacters: number): number {
  const input = tokensOf(inputCharacters) * INPUT_USD_PER_TOKEN
  return roundUsd(input + tokensOf(outputCharacters) * OUTPUT_USD_PER_TOKEN)
}

/** The sum of costs, rounded to 1e-8 dollars again. */
export function totalUsd(costs: { costUsd: number }[]): number {
  return roundUsd(costs.reduce((sum, cost) => sum + cost.costUsd, 0))
}

/** A cost in units of 1e-8 dollars. */
export function unitsOfUsd(usd: number): number {
  return Math.round(usd * UNITS_PER_USD)
}

/** The dollars of so many units. */
export function usdOfUnits(units: number): number {
  return units / UNITS_PER_USD
}

function tokensOf(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN)
}

function roundUsd(usd: number): number {
  return usdOfUnits(unitsOfUsd(usd))
}
