-- family: the fields of each grant of it.
local found = {}
for _, id in ipairs(redis.call('SMEMBERS', root .. 'family:' .. ARGV[1])) do
  local fields = redis.call('HGETALL', root .. 'grant:' .. id)
  if #fields > 0 then found[#found + 1] = fields end
end
return found
