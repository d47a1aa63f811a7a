/** Says which reviews are too old today; the page itself is the same on each day. */

const DAY = 24 * 60 * 60 * 1000;

/** @param {HTMLTimeElement[]} times The days of the last reviews. */
export function setUp(times) {
  for (const time of times) {
    const days = (Date.now() - Date.parse(time.dateTime)) / DAY;
    const cell = time.closest("td");
    if (days > Number(time.dataset.kbReviewDays) && cell?.dataset.kbStale === undefined) {
      cell.dataset.kbStale = "";
      cell.append(` ⚠ stale: ${Math.floor(days)} days ago`);
    }
  }
}
