-- a channel: tells its one listener that it hears. A script, as a node of a cluster refuses those whose keys it has lost, but
-- takes any message.
redis.call('PUBLISH', ARGV[1], '')
return 1
