"""What servers, services and libraries say in words of their own, and what only sounds like it."""

import pytest

from retryrun.core.classify import classify

PASSES = """\
We're having trouble connecting to our servers
Something went wrong on our end.
Oops! Something went wrong. Please try again.
We are currently experiencing technical difficulties
The system is experiencing high demand
Our servers are busy right now
Service is under heavy use, come back soon
The application is temporarily over its serving quota.
We're down for scheduled maintenance
We had issues producing the response to your request.
This request has timed out. The server is currently under heavy load
No capacity at the moment
Out of host capacity.
The requested resource is currently in a transitional state
Please wait until the previous operation completes
There is already a deployment in progress for this site
Another deployment is running
Worker pool exhausted
All backends failed
No server is available to handle this request
no available upstream
Backend fetch failed
Origin Connection Time-out
Temporarily deferred
mailbox busy
Greylisting in action, come back later
System load too high; try again
Rate of connections too high
Connection rate limit exceeded
Too much load; please try again later
server too busy
Please slow your requests
You're doing that too much.
You are posting too fast
request limit reached for today
daily request quota consumed
Account has exceeded its API usage for this hour
Free tier limit per minute exceeded
Model is warming up
The model is loading
GPU is not available at this time
no GPUs available
Runtime disconnected
Instance is being provisioned
Database 'x' on server 'y' is not currently available. Please retry the connection later.
The database is being resumed
cluster is resizing
cannot be performed while the instance is in state PENDING
Leader not found
node is not in primary or recovering state
interrupted at shutdown
The primary replica is not ready
Too many open transactions
index is being rebuilt
Mirror is updating
mirror sync in progress
repository is being regenerated
package was just published and isn't available yet
DNS propagation is not complete
Certificate issuance is pending
Connection to agent lost
node went offline during the build
Agent went offline during the build
The runner lost connection
Cannot contact node build-3
spot instance terminated
Job was preempted
Volume is still attached to another instance
Multi-Attach error for volume "x": volume is already used by pod
failed to attach volume: timed out waiting for attach
target is busy
Device is busy
Lost connection to device.
device disconnected
emulator did not come online in time
Simulator timed out while booting
The service did not respond in a timely fashion
The remote procedure call failed.
The specified network name is no longer available.
The semaphore timeout period has expired
An existing connection was forcibly closed by the remote host
The network path was not found
The RPC server is unavailable
A socket operation was attempted to an unreachable network
no route to host
Network dropped connection on reset
Software caused connection abort
Transport endpoint is not connected
Stale file handle
The pipe has been ended.
broken pipe
no live upstreams while connecting to upstream
recv() failed (104: Connection reset by peer) while reading response header from upstream
upstream prematurely closed connection while reading response header from upstream
upstream timed out (110: Connection timed out) while reading response header
503 No server is available
Client.Timeout or context cancellation while reading body
stream ID 3; INTERNAL_ERROR; received from peer
http2: server sent GOAWAY and closed the connection
read: connection timed out
write: broken pipe
use of closed network connection
EOF occurred in violation of protocol
peer closed connection without sending complete message body
Response payload is not completed
Session is closed by the server
connection pool timed out while waiting for an open connection
timed out while waiting for a connection from pool
QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00
could not obtain connection to query server
SSL connection has been closed unexpectedly
could not receive data from server: Connection timed out
server closed the connection unexpectedly
terminating connection because of crash of another server process
the connection was terminated because the server is shutting down
MySQL server is starting up
Server shutdown in progress
WSREP has not yet prepared node for application use
The table is locked by another user
Record was updated by another user
Row was updated or deleted by another transaction
write conflict during plan execution
snapshot too old
could not serialize access
retry transaction
transaction was rolled back because of a conflict
Concurrent update detected
etag mismatch: object changed since it was read
version conflict, document already exists at a newer version
The lease has expired or is held by another
Failed to get lease
job is already running
workflow run already in progress
previous run still active
Build is queued: no agents are online
Waiting for available runner timed out
no hosts matched: all hosts unreachable
Host is unreachable
failed to contact the license server
License server is down
all licenses are in use
The print server did not respond
camera disconnected
modem not responding
No response from programmer
serial port timed out
could not reach 10.0.0.5
unable to reach registry.example.org
cannot contact time server
failed to join the mesh: no peers reachable
peer unreachable
gateway not reachable
VPN connection dropped
tunnel interface went down
link down on eth0
carrier lost
no network connectivity
internet connection appears to be offline
DNS server not responding
could not resolve the repository's host name
name server returned SERVFAIL
DNS request timed out
timeout waiting for response from server
timed out waiting for headers
handshake timed out
TLS handshake was interrupted
SSL connection was reset
remote host closed the connection unexpectedly
remote closed the socket
connection was aborted by the software in your host machine
the server hung up
server hung up on us
stream was cut by the remote
broken transfer, 512 of 4096 bytes received
got only 512 of 4096 bytes
file transfer was interrupted
download stalled at 43%
upload stalled
premature EOF
premature end of file from server
unexpected end of stream
response truncated by peer
chunk was incomplete
network read failed
network write error
read from socket failed
send failed: connection lost
receive timeout
read timeout after 30 s
write timed out
ping timeout
heartbeat missed, closing
keepalive timeout
lost heartbeat from worker 3
no heartbeat from node 2
session dropped by server
ftp: control connection lost
SMTP server closed the channel
LDAP server is unreachable
proxy did not answer
proxy connection refused
SOCKS handshake failed: host unreachable
NFS server not responding
nfs: server files not responding, timed out
iSCSI target not reachable
rpc timed out
RPC failed: connection closed
gRPC channel shut down unexpectedly
transport error: connection refused
websocket closed unexpectedly
event stream interrupted
MQTT broker unreachable
AMQP connection closed by peer
database connection was lost
lost connection to the database
connection to redis lost
connection to the cache server failed
could not connect to the queue
failed to dial tcp 10.0.0.1:80
dial error: i/o timeout
request to api.example.org failed: socket hang up
fetch failed: network error
Network request failed
Failed to fetch
net::ERR_INTERNET_DISCONNECTED
ERR_NETWORK_IO_SUSPENDED
connect ETIMEDOUT
ENETUNREACH
getaddrinfo failed
host not found: example.org
no route to destination
destination host unreachable
port unreachable
ICMP host unreachable
request timed out.
100% packet loss
""".splitlines()
LIMITS = """\
You have hit your hourly limit
You've hit the rate limit. Please wait.
You have reached the maximum number of requests allowed per minute
Request quota of 100 per hour exceeded
API quota reached for the day, try tomorrow
This endpoint may be called once per minute
Only 5 requests per second are permitted
Requests from this IP are limited
Your IP has been temporarily blocked due to too many requests
Your account has been temporarily throttled
We've detected unusual traffic from your network
Blocked by rate limiter
rate limiter rejected the request
token bucket empty
Bandwidth quota exceeded, resumes at midnight
Too many downloads of this file recently
You have sent too many messages in a short period
Messages per minute limit reached
Exceeded max requests per connection
Max calls per second exceeded
query rate limit reached
too many login attempts, try again in 15 minutes
SMS quota for this hour reached
Rate exceeded
call limit reached
Usage cap reached for this minute
Please wait 10 seconds between requests
exceeded the allowed number of API calls
limit of 60 requests per minute has been reached
requests per day (RPD): Limit 200, Used 200
tokens per minute (TPM) limit reached
Throughput limit exceeded, back off
ingestion rate limit exceeded
Write rate too high
You are over the limit: 1000 req/hr
""".splitlines()
STAYS = """\
the name is already running in the config
the option is already used
this table is already created
package is being shadowed by another one
the variable is being assigned twice
image is loading from a wrong path
model is missing a field
model is not registered
resource is deprecated
the service is deploying to an unknown region: invalid
no server specified
no servers are configured
no hosts matched
no hosts found in the inventory
no nodes defined
no agents configured
no license file found
no runner of that name
no peers entry in the file
no active account selected
no active subscription found
no available version satisfies the range
no usable temporary directory found
all hosts must have a name
all tests failed
all assertions failed
merge conflict in a.txt
version conflict between a 1.0 and b 2.0
dependency conflict detected
naming conflict with module os
conflict: file was modified by the user
file has been modified and must be committed first
row was not found
concurrent is not defined
primary not specified
quorum must be odd
load is not a function
traffic split must add up to 100
demand must be positive
usage: tool [options]
disk usage for each folder must be set
rate of interest too high
clock runs too fast
image too large to process
resolution too high for this profile
font size too small
argument used too often
the password was used too often
device is not supported
device disconnected handler is missing
camera is not configured
network name is invalid
network path is required
pipe is not defined
stream id is missing
protocol violation in header X
boot image not found
emulator binary not found
unable to find emulator
simulator runtime is not installed
validation is pending review by a human
registration is required
activation key is invalid
provisioning profile has expired
propagation policy is invalid
mailbox does not exist
deferred tasks are not supported
difficulty must be between 1 and 5
our end date is before the start date
serving directory is missing
processing instruction is not allowed
handling of symlinks is disabled
snapshot test failed
snapshot is obsolete
build is already published
release is already tagged
run is not defined
session is already closed
process is already attached to a debugger twice in config
task is already defined
job is already defined in the workflow
operation is not permitted
query is not valid
transfer is not allowed
update is not supported
index is out of range
index is already defined
database is already created
cluster is already registered
server is listening on a wrong port
server is missing a certificate
node is deleting files that are protected: permission denied
""".splitlines()


def judged(text):
    return classify("some-tool run", 1, b"", text.encode()).category


@pytest.mark.parametrize("message", PASSES)
def test_what_passes_in_words_of_its_own(message):
    assert judged(f"error: {message}") in ("network", "rate_limit", "transient")
    assert judged(message) in ("network", "rate_limit", "transient")


@pytest.mark.parametrize("message", STAYS)
def test_what_stays_in_words_that_are_near(message):
    assert judged(f"error: {message}") == "permanent"
    assert judged(message) == "permanent"


@pytest.mark.parametrize("message", LIMITS)
def test_who_is_asked_too_often_says_so_in_words_of_its_own(message):
    assert judged(f"error: {message}") == "rate_limit"
    assert judged(message) == "rate_limit"
