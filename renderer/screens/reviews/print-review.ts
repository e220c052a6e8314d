import type { PublishedReview } from '#shared/domain/review/published.ts'
import { reviewToHtml } from '#shared/domain/review/to-html.ts'
import styles from './print-review.module.css'

/**
 * Prints a review, to paper or to a PDF, by the browser's own dialog: for as long as that is open,
 * the review stands in the page in place of all else, and only for the printer.
 */
export function printReview(review: PublishedReview): void {
  // Parsed apart from the page: nothing of it is run, and only what it says is taken over.
  const parsed = new DOMParser().parseFromString(reviewToHtml(review), 'text/html')
  const sheet = document.createElement('div')
  sheet.className = styles.sheet ?? ''
  sheet.append(...[...(parsed.querySelector('main')?.childNodes ?? [])].map(imported))
  const { title } = document
  const done = () => {
    sheet.remove()
    document.title = title
    window.removeEventListener('afterprint', done)
  }
  window.addEventListener('afterprint', done)
  document.body.append(sheet)
  // The name that is offered for the file.
  document.title = `Post-incident review: ${review.title}`
  window.print()
}

const imported = (node: ChildNode) => document.importNode(node, true)
