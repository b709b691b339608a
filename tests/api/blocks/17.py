@with_retry_async(RetryConfig(max_retries=3))
async def fetch_multiple():
    async with aiohttp.ClientSession() as session:
        tasks = [fetch_one(session, url) for url in urls]
        return await asyncio.gather(*tasks)
