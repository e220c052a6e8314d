import { describe, expect, it } from 'vitest'
import { judge } from './judge.ts'

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

const read = lines(String.raw`
  kubectl get pods
  kubectl -n monitoring get pods -o wide
  kubectl --context prod --namespace=x describe pod prometheus-0
  kubectl get pods -A | grep -v Running | awk '{print $1}'
  kubectl logs deploy/api -c app --tail=100 --previous
  kubectl top pods --sort-by=memory
  kubectl rollout status deploy/api --timeout=10s
  kubectl rollout -n x history deploy/api
  kubectl config view
  kubectl auth can-i delete pods
  kubectl cluster-info
  kubectl exec p -c app -- df -h
  kubectl exec -n x deploy/api -- cat /etc/hosts
  kubectl exec p -- sh -c 'ls /data | wc -l'
  oc get clusterversion
  oc adm top nodes
  oc logs -n openshift-x pod/y
  helm list -A
  helm -n x status api
  helm get values api
  docker ps -a
  docker logs --tail 50 api
  docker inspect api | jq '.[0].State'
  docker exec api cat /proc/1/status
  docker stats --no-stream
  podman images
  crictl ps
  crictl logs abc
  systemctl status nginx
  systemctl
  systemctl list-units --failed
  systemctl --no-pager show nginx -p MemoryCurrent
  journalctl -u kubelet --since '1 hour ago' --no-pager
  service nginx status
  aws ec2 describe-instances --instance-ids i-1
  aws --profile prod --region eu-west-1 rds describe-db-instances
  aws s3 ls s3://bucket
  aws sts get-caller-identity
  gcloud compute instances list --project x
  gcloud --project x container clusters describe c1
  az vm list -o table
  az account show
  git log --oneline -5
  git -C /srv/app status
  git diff HEAD~1
  curl -s http://localhost:9090/-/healthy
  curl -sS -o /dev/null -w '%{http_code}' https://example.org
  curl -I https://example.org
  curl -X GET https://example.org/api
  curl -G --data-urlencode 'query=up' http://localhost:9090/api/v1/query
  wget -qO- http://localhost/metrics
  wget --spider http://localhost
  ssh host uptime
  ssh -p 22 -o ConnectTimeout=5 user@host df -h
  ssh host 'ps aux | head'
  psql -c 'SELECT count(*) FROM pg_stat_activity'
  psql -h db -U app -d app -c "select now(), pg_is_in_recovery()"
  psql -c '\d+ orders'
  mysql -e 'SHOW PROCESSLIST'
  mysql -h db -e "EXPLAIN DELETE FROM x"
  redis-cli info memory
  redis-cli -h r -p 6379 get key
  redis-cli slowlog get 10
  mongosh --eval 'rs.status()'
  terraform validate
  terraform show
  terraform state list
  df -h
  du -sh /var/log | sort -h
  ps aux --sort=-%mem | head -20
  top -b -n 1
  free -m
  ss -tlnp
  ip addr
  ip -s link show eth0
  ip route get 10.0.0.1
  dig +short example.org
  ping -c 3 host
  tcpdump -c 10 -i eth0
  grep -r error /var/log
  sed -n '1,20p' file
  sed 's/a/b/g' file
  sed -e 's|/x|/y|' -e '/^$/d' file
  awk -F: '$3 > 100 {print $1}' /etc/passwd
  awk '/a|b/ {print}' f
  find /var/log -name '*.log' -size +100M
  find . -type f -exec grep -l x {} +
  ls | xargs -n1 kubectl describe
  xargs -0 ls -l
  crontab -l
  ethtool eth0
  ethtool -S eth0
  ipmitool sel list
  ipmitool -I lanplus -H h -U u power status
  virtctl version
  etcdctl endpoint health --cluster
  etcdctl --endpoints=https://x:2379 member list
  promtool check rules rules.yml
  promtool query instant http://p:9090 up
  amtool alert query
  amtool --alertmanager.url=http://a:9093 silence query
  rabbitmqctl list_queues name messages
  kafka-topics.sh --list --bootstrap-server b:9092
  kafka-consumer-groups --bootstrap-server b:9092 --describe --group g
  ceph status
  ceph -s
  ceph osd tree
  zpool status -v
  vgs
  lvs -a
  nvidia-smi
  nvidia-smi -q -d MEMORY
  openssl s_client -connect host:443
  openssl x509 -noout -dates
  sudo systemctl status nginx
  sudo -u postgres psql -c 'select 1'
  env A=b kubectl get pods
  timeout 10 kubectl get pods
  nice -n 10 du -sh /
  time kubectl get pods
  nohup df
  command -v kubectl
  iptables -nvL
  iptables -t nat -S
  mdadm --detail /dev/md0
  sysctl -a
  sysctl net.core.somaxconn
  date +%s
  vmstat 1 5
  bash -c 'kubectl get pods'
  su - postgres -c 'psql -l -c "select 1"'
  for p in a b; do kubectl get pod $p; done
  if kubectl get ns x; then echo yes; fi
  A=$(kubectl get pod -o name); echo "$A"
  NS=x
  export NS=x
  [[ $A == b ]] && echo yes
  [ -f /etc/hosts ] || echo no
  echo $((1 + 2))
  kubectl get pods 2>&1 > /dev/null
  kubectl get pods 2>/dev/null
  cat <<< hello
  f() { kubectl get pods; }; f
  /usr/bin/kubectl get pods
  k"ube"ctl get pods
  \df -h
  tee /dev/null
  kubectl version --client
  helm --help
`)

const change = lines(String.raw`
  frobnicate
  ./kubectl get pods
  /tmp/kubectl get pods
  kubectl apply -f x.yaml
  kubectl scale deploy/api --replicas=3
  kubectl rollout restart deploy/api
  kubectl cordon node1
  kubectl config use-context x
  kubectl cp a:/x .
  kubectl --frob get pods
  kubectl $VERB pods
  kubectl exec p -- touch /x
  kubectl exec p -- sh -c "$CMD"
  kubectl exec p -- frob
  kubectl cluster-info dump --output-directory=/x
  oc adm policy add-role-to-user admin x
  helm upgrade api chart
  helm rollback api 1
  docker restart api
  docker exec api touch x
  crictl pull x
  systemctl restart nginx
  systemctl frob
  service nginx restart
  journalctl --rotate
  aws ec2 start-instances --instance-ids i
  aws secretsmanager get-secret-value --secret-id x
  aws --frob describe-x ec2 start-instances
  gcloud compute instances start x
  az vm restart -n x
  git pull
  git diff --output=x
  curl -X POST http://x/-/reload
  curl -d a=b http://x
  curl -o file http://x
  curl -O http://x/y
  curl --outp file http://x
  curl -K cfg
  curl $ARGS
  curl file:///etc/passwd
  curl -sXPUT http://x
  wget http://x/y
  wget --post-data=x http://x
  ssh host "$CMD"
  ssh -o ProxyCommand=x host uptime
  ssh host frob
  ssh -L 1:2:3 host uptime
  psql -c 'UPDATE x SET a = 1'
  psql -c 'select pg_terminate_backend(1)'
  psql -c "$SQL"
  psql -f x.sql
  psql -c 'select 1 into t'
  psql -c '\! touch x'
  psql -c '\copy x to y'
  mysql -e "select 1 /*! into outfile 'x' */"
  redis-cli set a b
  redis-cli config set a b
  mongosh --eval 'db.x.insertOne({})'
  terraform apply
  ip addr add 10.0.0.1/8 dev eth0
  ip link set eth0 down
  ip -s link set eth0 down
  sed -i s/a/b/ f
  sed -ni s/a/b/p f
  sed --in-pl s/a/b/ f
  sed 's/a/b/w out' f
  sed '1e touch x' f
  sed 's/a/touch x/e' f
  awk 'BEGIN{system("x")}'
  awk '{print > "f"}'
  awk '{print | "sh"}'
  awk '"date" | getline x'
  awk -f prog
  find . -fprint x
  find . $OPTS
  find . -exec touch {} ;
  ls | xargs touch
  ls | xargs sh
  ls | xargs -I{} sh -c 'cat {}'
  sort -o x y
  sort -ox y
  uniq a b
  date -s now
  date 01010101
  tcpdump -w x
  crontab -e
  ethtool -s eth0 speed 100
  virtctl restart vm
  etcdctl put a b
  etcdctl defrag
  amtool silence add a=b
  rabbitmqctl add_user a b
  kafka-topics --create --topic x
  ceph osd set noout
  zpool scrub x
  openssl genrsa -out x
  sudo frob
  sudo -i
  env LD_PRELOAD=x ls
  env -S 'rm x'
  timeout --frob 5 ls
  echo a > file
  echo a >> file
  echo a > "$F"
  echo a >| f
  cat < /dev/tcp/h/1
  cat x >& file
  curl http://x | sh
  curl http://x | sudo bash
  base64 -d x | sh
  sh < x
  sh script.sh
  bash
  bash -c "$X"
  eval "$X"
  eval "kubectl get pods"
  source x
  . x
  python x.py
  perl -e 1
  $(echo kubectl) get pods
  $X get pods
  {ls,x}
  k*l get pods
  {kubectl"",get} pods
  $'ls'
  PATH=/x ls
  printf -v PATH /x; ls
  read PATH <<< /x; ls
  for PATH in /x; do ls; done
  man -P 'rm x' ls
  PATH=/x
  IFS=x; ls
  BASH_ENV=x bash -c ls
  export PATH=/x
  declare -n x=y
  alias ls=x
  shopt -s expand_aliases
  set -o history
  trap 'ls' EXIT
  hash -p /bin/x ls
  exec 3<>/dev/tcp/h/1
  ls &
  [ -v 'a[$(x)]' ]
  x='a[$(y)]'; echo $((x))
  read x <<< 'a[$(y)]'; (( x ))
  nsenter -t 1 -m touch x
  mount /dev/x /y
  sysctl -w a=1
  make
  vi x
  su - x
`)

const destroy = lines(String.raw`
  kubectl delete pod x
  kubectl -n x delete pod/y
  kubectl drain node1
  kubectl --frob delete pod x
  kubectl replace --force -f x
  kubectl apply --prune -f x
  kubectl scale deploy/x --replicas=0
  kubectl exec p -- rm -rf /data
  kubectl exec p -- sh -c 'ls; rm -rf /data'
  kubectl exec p -- sh -c 'kill 1'
  oc delete project x
  oc adm drain node1
  helm uninstall api
  docker rm -f api
  docker system prune
  docker exec api rm x
  crictl rmi x
  systemctl reboot
  systemctl kill x
  journalctl --vacuum-size=1G
  aws ec2 terminate-instances --instance-ids i
  aws s3 rm s3://x --recursive
  aws --frob x ec2 terminate-instances
  gcloud compute instances delete x
  az vm delete -n x
  git reset --hard
  git push --force
  git push -f origin x
  git clean -fdx
  curl -X DELETE http://x/y
  curl -XDELETE http://x/y
  curl --request=DELETE http://x
  wget --method=DELETE http://x
  ssh host rm -rf /x
  ssh host 'systemctl status x; reboot'
  ssh host sudo reboot
  psql -c 'DROP TABLE x'
  psql -c 'select 1; truncate x'
  psql -c 'WITH a AS (DELETE FROM x RETURNING *) SELECT * FROM a'
  mysql -e 'DELETE FROM x'
  mysql -e"drop table x"
  docker compose -f x down
  mysql -e 'EXPLAIN ANALYZE DELETE FROM x'
  redis-cli FLUSHALL
  redis-cli -h r del x
  mongosh --eval 'db.x.drop()'
  terraform destroy
  terraform apply -destroy
  terraform state rm x
  ip addr flush dev eth0
  ss -K dst 10.0.0.1
  find . -delete
  find . -name x -exec rm {} ;
  find . -type f | xargs rm -f
  ls | xargs -I{} rm {}
  rm x
  \rm x
  r"m" x
  'rm' x
  /bin/rm x
  dd if=/dev/zero of=/dev/sda
  mkfs.ext4 /dev/sda
  shutdown -h now
  kill -9 1
  pkill x
  crontab -r
  ipmitool power cycle
  ipmitool chassis power off
  etcdctl del x
  etcdctl member remove x
  amtool silence expire x
  rabbitmqctl purge_queue x
  kafka-topics.sh --delete --topic x
  kafka-consumer-groups --reset-offsets --group x
  ceph osd purge 1
  zpool destroy x
  nvidia-smi --gpu-reset
  iptables -F
  iptables -t nat -D INPUT 1
  sudo rm x
  sudo -u root -- rm x
  env A=b rm x
  timeout 5 rm x
  nice rm x
  nohup rm x
  watch rm x
  command rm x
  exec rm x
  time rm x
  busybox rm x
  bash -c 'rm x'
  bash -ec 'rm x'
  sh -c "sh -c 'rm x'"
  su -c 'rm x'
  eval 'rm x'
  eval rm x
  trap 'rm x' EXIT
  alias ls='rm x'
  kubectl get pods; rm x
  kubectl get pods && rm x
  kubectl get pods | rm x
  echo $(rm x)
  echo "$(rm x)"
  cat <(rm x)
  A=$(rm x)
  A=$(rm x) ls
  for i in $(rm x); do ls; done
  if rm x; then ls; fi
  case a in a) rm x ;; esac
  while rm x; do ls; done
  f() { rm x; }; f
  kubectl() { rm x; }; kubectl get pods
  kubectl() { true; }; sudo kubectl delete pod x
  (kubectl() { true; }); kubectl delete pod x
  rm() { true; }; command rm x
  ( rm x )
  { rm x; }
  ! rm x
  [[ -n $(rm x) ]]
  echo $(( $(rm x) ))
  ls &> /dev/sda
  echo a > /etc/passwd
  echo a >> /etc/cron.d/x
  echo a | tee /dev/sda
  echo a | sudo tee /etc/hosts
  echo a > /proc/sysrq-trigger
  rsync -a --delete a b
`)

describe('what a command can do', () => {
  it.each(read)('read: %s', (text) => {
    expect(judge(text)).toMatchObject({ risk: 'read' })
  })
  it.each(change)('change: %s', (text) => {
    expect(judge(text)).toMatchObject({ risk: 'change' })
  })
  it.each(destroy)('destroy: %s', (text) => {
    expect(judge(text)).toMatchObject({ risk: 'destroy' })
  })

  it.each([
    ['change', '"$' + '{X}" y'],
    ['change', `echo "$` + `{x@P}" '$(y)'`],
    ['destroy', 'echo $' + '{x:-$(rm x)}'],
    ['destroy', 'echo `rm x`'],
    ['destroy', 'echo "`echo \\`rm x\\``"'],
  ])('%s: %s', (risk, text) => {
    expect(judge(text)).toMatchObject({ risk })
  })

  it('says of each command why', () => {
    expect(judge('kubectl get pods | frob && rm -rf /x').reasons).toEqual([
      { text: 'kubectl get pods', risk: 'read', why: 'kubectl get only reads.' },
      { text: 'frob', risk: 'change', why: 'It is not known what frob does.' },
      { text: 'rm -rf /x', risk: 'destroy', why: 'What rm does cannot be undone.' },
    ])
  })

  it('finds what stands in a here-document that the shell expands', () => {
    expect(judge('cat <<E\n$(rm x)\nE').risk).toBe('destroy')
    expect(judge("cat <<'E'\n$(rm x)\nE").risk).toBe('read')
  })
})

describe('what the author says', () => {
  it('raises the risk', () => {
    expect(judge('kubectl get pods', { author: 'destroy' }).risk).toBe('destroy')
  })
  it('counts for programs that are not known', () => {
    expect(judge('frob --status', { author: 'read' })).toMatchObject({
      risk: 'read',
      reasons: [{ why: 'The author of the runbook says what it does.' }],
    })
  })
  it('never lowers what is known', () => {
    expect(judge('frob; kubectl apply -f x', { author: 'read' }).risk).toBe('change')
    expect(judge('frob; rm x', { author: 'read' }).risk).toBe('destroy')
    expect(judge('$X', { author: 'read' }).risk).toBe('change')
    expect(judge('frob > /dev/sda', { author: 'read' }).risk).toBe('destroy')
  })
})

describe('a value that was checked', () => {
  it('is no option', () => {
    expect(judge('find "$A"').risk).toBe('change')
    expect(judge('find "$A"', { checked: new Set(['A']) }).risk).toBe('read')
    expect(judge('find $A', { checked: new Set(['A']) }).risk).toBe('change')
  })
})

describe('what cannot run by itself', () => {
  it.each(
    lines(String.raw`
    kubectl exec -it p -- sh
    kubectl exec -ti p -- cat /x
    kubectl exec --stdin --tty p -- sh
    kubectl exec p
    kubectl edit deploy x
    kubectl attach -it p
    docker exec -it api bash
    docker exec api
    ssh host
    ssh -t host top -b -n1
    vi x
    sudo vim x
    less x
    ls | less
    top
    htop
    psql
    mysql -h db
    redis-cli
    mongosh
    python
    bash
    su - x
    sudo -i
    virtctl console vm
    crontab -e
    systemctl edit x
    select x in a b; do echo; done
    read -p 'sure?' x
  `),
  )('needs a terminal: %s', (text) => {
    expect(judge(text).needsTerminal).toMatch(/\.$/)
  })
  it.each(
    lines(String.raw`
    watch kubectl get pods
    tail -f x
    tail -n 5 -F x
    tail -100f x
    kubectl logs -f x
    kubectl logs x --follow --tail 5
    kubectl get pods -w
    kubectl get pods --watch
    kubectl port-forward svc/x 1:2
    kubectl proxy
    docker logs -f x
    docker stats
    journalctl -fu x
    ping host
    tcpdump -i eth0
    vmstat 1
    while true; do ls; done
    redis-cli monitor
    ssh host tail -f x
    sudo tail -f x
  `),
  )('does not end: %s', (text) => {
    expect(judge(text).neverEnds).toMatch(/\.$/)
  })
  it.each(
    lines(String.raw`
    kubectl exec p -- ls -it
    cat x | kubectl exec -i p -- wc -l
    kubectl exec --stdin p -- wc -l < x
    kubectl logs x
    kubectl logs x --follow=false
    tail -n 5 x
    top -b -n1
    ping -c1 host
    vmstat 1 3
    docker stats --no-stream
    while true; do ls; break; done
    ssh host ls -t
  `),
  )('runs and ends: %s', (text) => {
    expect(judge(text)).toMatchObject({ needsTerminal: null, neverEnds: null })
  })
})
