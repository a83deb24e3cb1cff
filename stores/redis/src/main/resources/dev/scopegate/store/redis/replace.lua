-- message, now (milliseconds), the version that was read, then the fields: what became of it.
local token = fields_from(4)
local kept = row(token.id)
if not kept then return 'ABSENT' end
if kept.version ~= ARGV[3] then return 'CONFLICT' end
local taken = is_taken(token, ARGV[2])
if taken and (token.name ~= kept.name or is_active(token, ARGV[2])) then return 'NAME_TAKEN' end
remove(kept)
token.last_used_at = kept.last_used_at
token.last_used_ip = kept.last_used_ip
token.version = tostring(tonumber(kept.version) + 1)
put(token)
if not taken then take_name(token) end
tell(ARGV[1])
return 'DONE'
