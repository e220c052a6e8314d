import { alertmanagerBody } from '#test/bench/alertmanager-body.ts'
import { createDataDirectory, startStand } from '#test/bench/stand.ts'
import { timed, median } from '#test/bench/stopwatch.ts'
import { Session } from 'node:inspector/promises'
import { writeFileSync } from 'node:fs'
const body = alertmanagerBody(10000)
const s = new Session(); s.connect()
await s.post('Profiler.enable'); await s.post('Profiler.setSamplingInterval',{interval:200})
const times: number[] = [], parses:number[]=[]
const total = new Map<string, number>()
for (let r=0;r<9;r++){
  const d = createDataDirectory(); const st = await startStand(d.path)
  parses.push(await timed(()=>JSON.parse(body)))
  globalThis.gc!()
  if (r>=4) await s.post('Profiler.start')
  times.push(await timed(()=>st.poll(body)))
  if (r>=4) { const {profile} = await s.post('Profiler.stop')
    const byId = new Map(profile.nodes.map(n=>[n.id,n])); const parent=new Map<number,number>()
    for (const n of profile.nodes) for (const c of n.children??[]) parent.set(c,n.id)
    profile.samples!.forEach((id,i)=>{ const dt=(profile.timeDeltas![i]??0)/1000
      const seen=new Set<string>(); let cur: number|undefined=id; let self=true
      while(cur!==undefined){const n=byId.get(cur)!; const f=n.callFrame; const k=`${f.functionName||'(anon)'} ${f.url.split('/').slice(-2).join('/')}:${f.lineNumber+1}`
        if(self){total.set('SELF '+k,(total.get('SELF '+k)??0)+dt);self=false}
        if(!seen.has(k)){seen.add(k);total.set(k,(total.get(k)??0)+dt)} cur=parent.get(cur)}
    })
    if(r===8) writeFileSync('/tmp/new.cpuprofile',JSON.stringify(profile)) }
  await st.stop(); d.remove()
}
console.log('parse',median(parses.slice(4)),'new',times.map(t=>t.toFixed(0)).join(' '))
const all=[...total].map(([k,v])=>[k,v/5] as const).sort((a,b)=>b[1]-a[1])
console.log('--- inclusive'); for(const [k,v] of all.filter(([k])=>!k.startsWith('SELF')).slice(0,45)) console.log(v.toFixed(1).padStart(8),k)
console.log('--- self'); for(const [k,v] of all.filter(([k])=>k.startsWith('SELF')).slice(0,30)) console.log(v.toFixed(1).padStart(8),k)
