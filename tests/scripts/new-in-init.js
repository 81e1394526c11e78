import { Shop } from './shop.js'

const shop = new Shop(__ENV.TARGET)

export const options = { iterations: 3, thresholds: { shop_time: ['p(99)<10000'] } }

export default function () {
  shop.buy()
}
