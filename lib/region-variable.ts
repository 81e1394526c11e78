// Pure: read by k6 and by Node.

/** The environment variable with the target of a region: `BASE_URL_EU_WEST` for eu-west. */
export const regionVariable = (region: string): string =>
  `BASE_URL_${region.toUpperCase().split('-').join('_')}`
