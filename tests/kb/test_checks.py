"""Which commands a check may run."""

from pathlib import Path

import pytest

from kb.compiler import compile_folder

READING = """
patronictl list
pg_autoctl show state
rs.status()
nodetool status
crm_mon -1
pcs status
kubectl get pods -n store
kubectl exec store-0 -- redis-cli info replication
docker exec store pg_isready
etcdctl endpoint status --cluster
redis-cli cluster nodes
redis-cli config get maxmemory
rabbitmqctl cluster_status
SELECT * FROM replicas WHERE lag > 5
select count(*) from updates
SHOW CREATE TABLE clips
mysql -e "SHOW STATUS LIKE 'wsrep%'"
sqlcmd -Q "SELECT name FROM sys.databases"
mongosh --eval "rs.status().members"
curl -s http://localhost:8008/health
curl -X GET localhost:9200/_cluster/health
curl -XGET localhost:9200/_search -d '{"size": 0}'
Get-ClusterResource | Format-Table
Get-Service -Name mover | Where-Object { $_.Status -ne 'Running' } | Out-String
Get-ClusterNode | ForEach-Object { $_.State }
Test-NetConnection -ComputerName a -Port 80
systemctl is-active mover
systemctl status mover 2>/dev/null
journalctl -u mover | grep -q "set up"
nginx -t
ceph -s
zpool status
mount | grep gpfs
echo ruok | nc localhost 2181
cat /proc/mdstat
sc query mover
netstat -an | findstr 8000
haproxy -c -f /etc/haproxy.cfg
sudo pcs resource show
kv address list
kv clock compare
vault status && vault operator members
find /pool -name '*.clip'
sed -n 5p /etc/hosts
"""

CHANGING = """
Add-ClusterResource -Name x
set-clusterparameter x 1
Get-ClusterResource x | Stop-ClusterResource
Get-ClusterNode | ForEach-Object { Suspend-ClusterNode $_ }
Test-ClusterResourceFailure x
powershell -Command "Move-ClusterGroup x"
Get-Service | Out-File services.txt
systemctl restart mover
sudo systemctl stop mover
service mover start
sc.exe delete mover
net stop mover
pcs resource move mover
crm resource cleanup mover
kubectl delete pod store-0
kubectl apply -f store.yaml
docker rm store
DELETE FROM clips
update clips set a = 1
mysql -e "DROP TABLE clips"
sqlcmd -Q "ALTER DATABASE clips SET OFFLINE"
curl -X POST localhost:8008/switchover
curl -XDELETE localhost:9200/clips
curl -d 'x=1' localhost:8008/restart
echo x > /etc/mover.conf
kv list >> log.txt
rm -rf /pool
/bin/rm x
cp a b
sed -i s/a/b/ /etc/mover.conf
find /pool -delete
kill -9 1
shutdown -r now
reboot
tee x
bash -c 'systemctl stop mover'
vault status; vault operator step-down && vault write x
C:\\Windows\\System32\\taskkill.exe /im mover.exe
FORCE=1 mover restart
"""


def refused(tmp_path: Path, commands: list[str]) -> list[str]:
    page = "---\ntype: product\ntitle: Vault\nsummary: A store.\nrequirements:\n"
    for number, command in enumerate(commands):
        quoted = command.replace("'", "''")
        page += f"  - id: r{number}\n    must: Look.\n    verify: {{run: '{quoted}', expect: x}}\n"
    (tmp_path / "vault.md").write_text(f"{page}---\n")
    found = compile_folder(tmp_path).diagnostics
    assert {one.name for one in found} <= {"check-changes-state", "no-source"}
    lines = {one.place.line for one in found if one.name == "check-changes-state"}
    return [command for number, command in enumerate(commands) if 8 + 3 * number in lines]


def test_commands_that_read_are_allowed(tmp_path: Path) -> None:
    """Commands that only show something are allowed, words in arguments notwithstanding."""
    assert refused(tmp_path, READING.strip().split("\n")) == []


def test_commands_that_change_something_are_refused(tmp_path: Path) -> None:
    """Commands that change something are refused, in whatever shell they are written."""
    commands = CHANGING.strip().split("\n")

    assert [one for one in commands if one not in refused(tmp_path, commands)] == []


@pytest.mark.parametrize("command", ["x" * 900, "a | " * 200 + "b", "-c '" * 100, "'" * 901])
def test_odd_commands_do_no_harm(tmp_path: Path, command: str) -> None:
    """A text that is no command is looked at without fail."""
    assert refused(tmp_path, [command]) == []
