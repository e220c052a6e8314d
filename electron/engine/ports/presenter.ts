/** Shows the cockpit to the person: raises its window, or opens it. */
export interface Presenter {
  /** @param incidentId the incident to select; null leaves the selection alone. */
  open(incidentId: string | null): void
}
