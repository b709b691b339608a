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
