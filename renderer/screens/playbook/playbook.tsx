/** The playbook: plans, services, and what is wrong with them. */
export function Playbook() {
  return <main />
}
