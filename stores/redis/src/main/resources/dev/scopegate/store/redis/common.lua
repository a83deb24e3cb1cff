-- Stands before every script. KEYS[1] is what all keys begin with; its hash tag keeps them on one node of a cluster.
-- A token is the hash token:<id>. Instants are microseconds since 1970, which Lua's numbers hold exactly until 2255; they
-- are compared as numbers and kept as the texts they came as.
local root = KEYS[1]

local function token_key(id) return root .. 'token:' .. id end

-- The token as a table of its fields; nil when there is none.
local function row(id)
  local flat = redis.call('HGETALL', token_key(id))
  if #flat == 0 then return nil end
  local fields = {}
  for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
  return fields
end

-- The fields that stand in ARGV from there on.
local function fields_from(first)
  local fields = {}
  for i = first, #ARGV, 2 do fields[ARGV[i]] = ARGV[i + 1] end
  return fields
end

-- Whether a token can be used at a moment in milliseconds.
local function is_active(token, millis)
  if token.revoked_at then return false end
  return not token.expires_at or math.floor(tonumber(token.expires_at) / 1000) > tonumber(millis)
end

-- Whether another active token of the owner has the name.
local function is_taken(token, millis)
  local id = redis.call('HGET', root .. 'taken:' .. token.owner, token.name)
  if not id or id == token.id then return false end
  local other = row(id)
  return other ~= nil and is_active(other, millis)
end

local function take_name(token)
  if not token.revoked_at then redis.call('HSET', root .. 'taken:' .. token.owner, token.name, token.id) end
end

local function put(token)
  local flat = {}
  for field, value in pairs(token) do
    flat[#flat + 1] = field
    flat[#flat + 1] = value
  end
  redis.call('HSET', token_key(token.id), unpack(flat))
  local newest = token.place .. '\0' .. token.id
  local named = token.folded_name .. '\0' .. token.id
  redis.call('ZADD', root .. 'newest', 0, newest)
  redis.call('ZADD', root .. 'newest:' .. token.owner, 0, newest)
  redis.call('ZADD', root .. 'names', 0, named)
  redis.call('ZADD', root .. 'names:' .. token.owner, 0, named)
  if token.parent then redis.call('ZADD', root .. 'minted:' .. token.parent, 0, newest) end
  if token.expires_at then redis.call('ZADD', root .. 'expires', token.expires_at, token.id) end
  if token.revoked_at then
    redis.call('ZADD', root .. 'revoked', token.revoked_at, token.id)
  elseif token.parent then
    redis.call('SADD', root .. 'parent:' .. token.parent, token.id) -- those alone that can still die with it
  end
end

local function remove(token)
  redis.call('DEL', token_key(token.id))
  local newest = token.place .. '\0' .. token.id
  local named = token.folded_name .. '\0' .. token.id
  redis.call('ZREM', root .. 'newest', newest)
  redis.call('ZREM', root .. 'newest:' .. token.owner, newest)
  redis.call('ZREM', root .. 'names', named)
  redis.call('ZREM', root .. 'names:' .. token.owner, named)
  redis.call('ZREM', root .. 'expires', token.id)
  redis.call('ZREM', root .. 'revoked', token.id)
  if token.parent then
    redis.call('SREM', root .. 'parent:' .. token.parent, token.id)
    redis.call('ZREM', root .. 'minted:' .. token.parent, newest)
  end
  local taken = root .. 'taken:' .. token.owner
  if redis.call('HGET', taken, token.name) == token.id then redis.call('HDEL', taken, token.name) end
end

-- Marks a token as revoked that is not.
local function revoke(token, at, by)
  remove(token)
  token.revoked_at = at
  token.revoked_by = by
  token.version = tostring(tonumber(token.version) + 1)
  put(token)
end

local function tell(message) redis.call('PUBLISH', root .. 'changes', message) end

-- Whether a window, by its first second and the first after it or nothing, is running at what TIME has said.
local function is_running(now, first, last)
  local second = tonumber(now[1])
  return second >= tonumber(first) and (last == '' or second < tonumber(last))
end

-- Moves what a lease was granted to what was used of it; nothing where the window has ended. Sums are changed by the server,
-- which counts 64 bits. What is on lease is never below zero: a failover may have lost the lease, but not what it let out.
local function settle(key, granted, used)
  if redis.call('EXISTS', key) == 0 then return end
  redis.call('HINCRBY', key, 'used', used)
  if granted == '0' then return end
  if redis.call('HINCRBY', key, 'leased', '-' .. granted) < 0 then redis.call('HSET', key, 'leased', '0') end
end
