import { alertmanagerBody } from '#test/bench/alertmanager-body.ts'
import { createDataDirectory, startStand, SOURCE_ID, openBenchJournal } from '#test/bench/stand.ts'
import { median } from '#test/bench/stopwatch.ts'
import { readAlerts } from '#electron/sources/alertmanager/read-alerts.ts'
import { emptyListing } from '#electron/sources/http/listing.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { normalise } from '#electron/engine/pipeline/normalise.ts'
import { deduplicate } from '#electron/engine/pipeline/deduplicate.ts'
import { classify } from '#electron/engine/pipeline/classify.ts'
import { suppress } from '#electron/engine/pipeline/suppress.ts'
import { correlate } from '#electron/engine/pipeline/correlate.ts'
import { route } from '#electron/engine/pipeline/route.ts'
import { settle } from '#electron/engine/pipeline/settle.ts'
import { toRules } from '#electron/engine/rules.ts'
import { defaultConfiguration } from '#shared/domain/configuration/schema.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { stamp } from '#electron/engine/event-id.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { eventText, eventChecksum } from '#electron/journal/event-row.ts'
const ids = createNodeIds()
const body = alertmanagerBody(10000)
const T: Record<string, number[]> = {}
const t = <V>(n: string, f: () => V): V => { const b=performance.now(); const v=f(); (T[n]??=[]).push(performance.now()-b); return v }
for (let r=0;r<12;r++){
  globalThis.gc!()
  t('0 JSON.parse',()=>JSON.parse(body))
  const cmp = t('1 readAlerts',()=>readAlerts(body, emptyListing, {host:'h', receivedAt:Date.now(), silences:new Map(), derive:(...p)=>ids.derive(...p)}))
  if(!cmp.ok) throw 1
  const signals=[...cmp.value.listing.entries.values()].map(e=>e.signal)
  const context = { state: emptyWatch, sourceId: SOURCE_ID, rules: toRules(defaultConfiguration), ids, now: Date.now(), heartbeatOf: ()=>null, isKnownIncident: ()=>false, isClosedIncident: () => false, hasChannel:false, lastDecided: () => null } as never
  const n=t('2 normalise',()=>normalise(signals,ids))
  const d=t('3 dedup',()=>deduplicate(n,{kind:'all',gone:[],instance:null},context))
  const c=t('4 classify',()=>classify(d.sightings,context))
  const s=t('5 suppress',()=>suppress(c,context))
  const co=t('6 correlate',()=>correlate(s,context))
  const ro=t('7 route',()=>route(co.alerts,context))
  const ev=t('8 settle',()=>settle(ro,co.made,d.disappearances,context))
  const st=t('9 stamp',()=>stamp(emptyWatch,ev,{ids,now:Date.now(),actor:{kind:'source',id:'b'}}))
  const texts=t('a eventText',()=>st.map(e=>eventText(e)))
  t('b checksum',()=>st.map((e,i)=>eventChecksum(i,e.id,e.at,texts[i]!)))
  const dir=createDataDirectory(); const j=openBenchJournal(dir.path)
  globalThis.gc!()
  const w=t('c append (incl a,b)',()=>j.append(st,[]))
  if(!w.ok) throw 1
  t('d evolve',()=>evolve(emptyWatch,w.value))
  j.close(); dir.remove()
  if(r===0) { console.log(ev.length,'events; bytes/event', texts.reduce((a,x)=>a+x.length,0)/texts.length); console.log(texts.at(-1)) }
}
let sum=0
for (const [k,v] of Object.entries(T)) { const m=median(v.slice(3)); if(!/^[0ab]/.test(k)) sum+=m; console.log(k.padEnd(22),m.toFixed(1)) }
console.log('sum',sum.toFixed(0)); 
