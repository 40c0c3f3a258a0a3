import { useState } from 'preact/hooks'

import { POSTS, type Post } from '../../shared/protocol/duty.ts'
import { t } from '../i18n/i18n.ts'
import { agentOf } from '../view/agents.ts'
import { speakerOfPost } from '../view/duty.ts'
import { AgentIcon, Sign } from './icons.tsx'
import type { HudModel } from './model.ts'
import { Note } from './parts.tsx'

/** Six posts, all worth the same: one drives, five look after a service. */
export function PostPanel({ model }: { readonly model: HudModel }) {
  const { study, room } = model.view.value
  const [said, setSaid] = useState('')
  if (!study) return null
  const take = async (post: Post): Promise<void> => {
    const reply = await model.feed.study({ do: 'post', post })
    if (!reply.ok)
      return setSaid(reply.refusal.code === 'not-now' ? t('post.at-a-pause') : t(`refusal.${reply.refusal.code}`))
    if (room.paused && model.link.value !== 'solo') setSaid(t('post.when-resumed', { post: t(`post.${post}`) }))
    else model.closeAll()
  }
  return (
    <>
      <Note>{t('post.same')}</Note>
      <ul class="posts">
        {POSTS.map((post) => (
          <PostCard key={post} post={post} isOwn={study.post === post} onTake={() => void take(post)} />
        ))}
      </ul>
      <p role="status">{said}</p>
    </>
  )
}

interface PostCardProps {
  readonly post: Post
  readonly isOwn: boolean
  readonly onTake: () => void
}

function PostCard({ post, isOwn, onTake }: PostCardProps) {
  const speaker = speakerOfPost(post)
  return (
    <li class={`post ${isOwn ? 'post-own' : ''}`}>
      {speaker ? <AgentIcon speaker={speaker} size={36} /> : <Sign name="wheel" size={36} />}
      <div class="post-text">
        <h3>
          {t(`post.${post}`)} {speaker && <span class="aws-name">{agentOf(speaker).awsName}</span>}
        </h3>
        <p>{t(`post.${post}.job`)}</p>
      </div>
      <button type="button" class="button button-small" aria-pressed={isOwn} disabled={isOwn} onClick={onTake}>
        {t(isOwn ? 'post.own' : 'post.take')}
      </button>
    </li>
  )
}
