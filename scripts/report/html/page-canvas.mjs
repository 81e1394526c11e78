// What uPlot does not draw by itself.

/** Draws the phases behind a chart: those that are judged tinted, and all with their names. */
export function drawBands({ ctx, bbox, valToPos }, phases) {
  ctx.save()
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`
  ctx.textAlign = 'center'
  const inside = (x) => Math.min(bbox.left + bbox.width, Math.max(bbox.left, x))
  phases.forEach(({ name, from, to, isJudged }, index) => {
    const start = inside(valToPos(from, 'x', true))
    const end = inside(valToPos(to, 'x', true))
    ctx.fillStyle = colour(index % 2 === 0 ? 'band' : 'band-odd')
    if (isJudged) ctx.fillRect(start, bbox.top, end - start, bbox.height)
    ctx.fillStyle = colour('muted')
    drawNames(ctx, { name, start, end, y: bbox.top - 6 * devicePixelRatio })
  })
  ctx.restore()
}

// Where a name is wider than its phase, it is left out.
function drawNames(ctx, { name, start, end, y }) {
  if (ctx.measureText(name).width < end - start) ctx.fillText(name, (start + end) / 2, y)
}

/** Draws the limits of the SLA over a chart. */
export function drawLimits({ ctx, bbox, valToPos }, { limits }) {
  ctx.save()
  ctx.fillStyle = colour('fail')
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`
  ctx.textAlign = 'right'
  for (const { label, value } of limits) {
    const y = Math.round(valToPos(value, 'y', true))
    ctx.setLineDash([9 * devicePixelRatio, 4 * devicePixelRatio])
    ctx.strokeStyle = colour('fail')
    ctx.lineWidth = devicePixelRatio
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
    ctx.setLineDash([])
    ctx.strokeStyle = colour('page')
    ctx.lineWidth = 4 * devicePixelRatio
    ctx.strokeText(label, bbox.left + bbox.width - 6, y - 5 * devicePixelRatio)
    ctx.fillText(label, bbox.left + bbox.width - 6, y - 5 * devicePixelRatio)
  }
  ctx.restore()
}

/** A colour of the style sheet, as the page has it now. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}
